from pathlib import Path

import pytest

from knowledge.regions import Region, Regions

REGIONS = Regions.load()

# What a veteran writes, and the places in it: full name, and the role where the words tell one.
NAMED = [
    ("我老家周口的", "河南省周口市=settlement"),
    ("安置在新乡卫辉", "河南省新乡市卫辉市=settlement"),
    ("琼山那边怎么办", "海南省海口市琼山区"),
    ("人在深圳 老家南阳", "广东省深圳市=other 河南省南阳市=settlement"),
    ("人在深圳老家南阳", "广东省深圳市=other 河南省南阳市=settlement"),
    ("河南呢", "河南省"),
    ("我是河南的", "河南省=settlement"),
    ("换成海南", "海南省=settlement"),
    ("安置在海口", "海南省海口市=settlement"),
    ("我是海南东方的", "海南省东方市=settlement"),
    ("我是东方的，要带什么", "海南省东方市=settlement"),
    ("东方市退役军人服务中心在哪", "海南省东方市=settlement"),
    ("户口落在东方有没有补助", "海南省东方市=settlement"),
    ("海南白沙怎么报到", "海南省白沙黎族自治县"),
    ("白沙县的窗口在哪里", "海南省白沙黎族自治县"),
    ("琼中县办理要几天", "海南省琼中黎族苗族自治县"),
    ("陵水县可以网上办吗", "海南省陵水黎族自治县"),
    ("我在五指山当兵，回昌江县", "海南省五指山市=other 海南省昌江黎族自治县=settlement"),
    ("洋浦能不能办落户", "海南省儋州市"),
    ("洋浦经济开发区归哪个窗口", "海南省儋州市"),
    ("博鳌乐城国际医疗旅游先行区", "海南省琼海市"),
    ("文昌国际航天城的单位接收我", "海南省文昌市"),
    ("陵水黎安国际教育创新试验区", "海南省陵水黎族自治县"),
    ("我的养老关系转到海南省本级", "海南省=settlement"),
    ("海易办上找不到入口", "海南省"),
    ("豫事办登不上去", "河南省"),
    ("冀时办怎么填", "河北省"),
    ("海南区县都能办吗", "海南省"),
    ("青海海南州的战友", "青海省海南藏族自治州"),
    ("内蒙古乌海海南区怎么走", "内蒙古自治区乌海市海南区"),
    ("青海河南县的", "青海省黄南藏族自治州河南蒙古族自治县"),
    ("河南县里的窗口", "河南省"),
    ("吉林怎么办", "吉林省"),
    ("吉林市怎么办", "吉林省吉林市"),
    ("河南省新乡市卫辉市", "河南省新乡市卫辉市"),
    ("新乡县级部门审核多久", "河南省新乡市"),
    ("新乡县的介绍信", "河南省新乡市新乡县"),
    ("河南滑县的退役军人局", "河南省安阳市滑县=settlement"),
    ("我是滑县的", "河南省安阳市滑县=settlement"),
    ("老家息县，户口注销了", "河南省信阳市息县=settlement"),
    ("兰考这边要不要亲自去", "河南省开封市兰考县"),
    ("老家开封的", "河南省开封市=settlement"),
    ("开封市鼓楼区", "河南省开封市鼓楼区"),
    ("鼓楼区怎么走，我是开封的", "河南省开封市鼓楼区 河南省开封市=settlement"),
    ("福州鼓楼的窗口周六开吗", "福建省福州市鼓楼区"),
    ("郑州中原区办身份证", "河南省郑州市中原区"),
    ("济源的要去哪", "河南省济源市"),
    ("我户口在偃师市", "河南省洛阳市偃师区=settlement"),
    ("我原来是开封县的", "河南省开封市祥符区"),
    ("沙县能不能办", "福建省三明市沙县区"),
    ("老家沙县，人在厦门打工", "福建省三明市沙县区=settlement 福建省厦门市=other"),
    ("长泰县并了以后找谁", "福建省漳州市长泰区"),
    ("福建晋江的灵活就业怎么交", "福建省泉州市晋江市"),
    ("莆田秀屿区办一件事", "福建省莆田市秀屿区"),
    ("回福建安置", "福建省=settlement"),
    ("在川退役军人有补助吗", "四川省=settlement"),
    ("我豫籍的能在外地办吗", "河南省=settlement"),
    ("返琼怎么报到", ""),
    ("成都要几天", "四川省成都市"),
    ("凉山州的怎么办", "四川省凉山彝族自治州"),
    ("甘孜那边没有窗口", "四川省甘孜藏族自治州"),
    ("北川县可以代办吗", "四川省绵阳市北川羌族自治县"),
    ("四川南部县的户口", "四川省南充市南部县=settlement"),
    ("达州宣汉的", "四川省达州市宣汉县"),
    ("四川省成都市武侯区退役军人服务站", "四川省成都市武侯区=settlement"),
    ("河北石家庄能异地办吗", "河北省石家庄市"),
    ("我不是河南的，是河北的", "河南省=other 河北省"),
    ("不在河南了，迁到河北保定", "河南省=other 河北省保定市=settlement"),
    ("是不是河南都这样", "河南省"),
    ("石家庄长安区要带啥", "河北省石家庄市长安区"),
    ("雄安新区怎么落户", "河北省保定市"),
    ("孟村县属于沧州吧", "河北省沧州市孟村回族自治县 河北省沧州市"),
    ("从新疆退伍回河南", "新疆维吾尔自治区=other 河南省=settlement"),
    ("我在西藏当兵的，户口在广东", "西藏自治区=other 广东省=settlement"),
    ("从海口迁到三亚", "海南省海口市=other 海南省三亚市=settlement"),
    ("老家周口的人在郑州打工", "河南省周口市=settlement 河南省郑州市=other"),
    ("现在住上海，户籍地河南商丘", "上海市=other 河南省商丘市=settlement"),
    ("我在郑州大学上学，从海南入伍的", "河南省郑州市=other 海南省=settlement"),
    ("离开江西了还能办吗", "江西省=other"),
    ("四川和河南有什么不同", "四川省 河南省"),
    ("延边的要几天", "吉林省延边朝鲜族自治州"),
    ("恩施州怎么办", "湖北省恩施土家族苗族自治州"),
    ("辽宁朝阳的", "辽宁省朝阳市"),
    ("北京朝阳区办身份证", "北京市朝阳区"),
    ("浦东新区的窗口", "上海市浦东新区"),
    ("重庆渝北区现在归谁", "重庆市两江新区"),
    ("内蒙的能办吗", "内蒙古自治区"),
    ("香港读书回来", "香港特别行政区=other"),
    ("河南省军区动员局管预备役吗", "河南省"),
    ("老家新乡路费给报吗", "河南省新乡市=settlement"),
    ("海南银行卡可以吗", "海南省"),
    ("户籍：河南省周口市项城市", "河南省周口市项城市=settlement"),
    ("我妈说落海口，我想落琼海", "海南省海口市 海南省琼海市"),
    ("河南民权的怎么报", "河南省商丘市民权县"),
    ("河北大名有窗口吗", "河北省邯郸市大名县"),
    ("我在河南新华书店上班", "河南省"),
    ("位于都江堰的部队", "四川省成都市都江堰市=other"),
    ("战友是江西安福的", "江西省吉安市安福县=other"),
    ("家里是河北大名的", "河北省邯郸市大名县=settlement"),
    ("辉县市的窗口几点开", "河南省新乡市辉县市"),
    ("新乡市辉县怎么办", "河南省新乡市辉县市"),
    ("攀枝花东区的社区", "四川省攀枝花市东区"),
    ("乐山市市中区要不要预约", "四川省乐山市市中区"),
    ("在西安排队排了半天", "陕西省西安市"),
]

# Sentences without a place, most of them with the characters of one.
NOT_NAMED = """
我想问下户口怎么恢复
档案开封了怎么办
档案袋我自己开封过，还收吗
下来安置要多久
回来安排工作吗
我们都安置好了
全部办完成都要多久
审核完成都是短信通知吗
办不成都怪我吗
东西安排好了再去行吗
东西要带哪些
市和县都要去吗
我和县里说过了
居民和县里的人都问了
办理县级还是市级
信息县里能查吗
免费县里办吗
交费县城可以交吗
住房县里给解决吗
知道县局电话吗
提高县里的补助标准
内容县里看不到
相应县区怎么报
新县长说可以办
今天津贴到账了吗
每天津贴多少
三天津贴没发
隆重庆祝退伍
推广东西的别打电话
公安局办身份证要照片吗
公安那边说没档案
资源能不能查
比如县里不给办怎么办
比如我没有户口本
合作医疗还能用吗
合作社的事
尼玛到底能不能办
安定下来再办行不行
和平年代当的兵
平安就好
新华书店上班行吗
向阳的房子
友谊医院能报销吗
解放军医院的证明
城关派出所
东方红卡车
去商城买东西
商城里的照相馆能照吗
平原上的部队
我大名叫什么不重要
城区和郊区一样吗
市中区域怎么分
老城区的窗口
新城区办不办
开发区的能办吗
县城有窗口吗
区县都能办吗
市区去哪
本县没有人武部
换成都是可以的吧
手续长安静点办
长治久安
大同小异吧
三明治店打工
哈密瓜好吃
中原银行的卡可以吗
郑州银行可以吗
在中山路办
南京路派出所
北京东路的窗口
海口舰上服役
辽宁舰的战友
南京军区退下来的
原济南军区的兵
西部战区的
南海舰队退伍
黄埔军校
上海话听不懂
兰州拉面
沙县小吃开店有贷款吗
北京时间几点
我叫李建平
我叫王海丰，想问补助
姓名安庆
家属叫文昌
我在军营口粮吃惯了
部队的代县长
定日期了吗
规定日期是哪天
送达日期写错了
重新乡下开证明
最新乡镇通知
最大化补助怎么算
清单县里有吗
安全第一
安康
祝您安康
丰富的经验
各位来宾
一次性补助金什么时候发
退伍费多少钱
户口注销证明要不要带
优待证丢了
预备役登记去哪
450000
验证码 410700
邮编是 570100 吗
""".strip().splitlines()

HAINAN_PORTAL = """
海口市 三亚市 儋州市 洋浦经济开发区 琼海市 文昌市 万宁市 东方市 五指山市 乐东县 澄迈县 临高县 定安县 屯昌县 陵水县
昌江县 保亭县 琼中县 白沙县 博鳌乐城国际医疗旅游先行区 海南省本级 三沙市 文昌国际航天城 陵水黎安国际教育创新试验区
"""


def spoken(text: str, within: str | None = None) -> str:
    """What was found, written as in NAMED."""
    return " ".join(
        "/".join(REGIONS.describe(region) for region in mention.regions) + (f"={mention.role}" if mention.role else "")
        for mention in REGIONS.find(text, within)
    )


def test_there_are_as_many_sentences_without_a_place_as_with_one() -> None:
    assert len(NAMED) >= 80
    assert len(NOT_NAMED) >= 80


@pytest.mark.parametrize(("text", "places"), NAMED)
def test_places_are_found_with_their_role(text: str, places: str) -> None:
    assert spoken(text) == places


@pytest.mark.parametrize("text", NOT_NAMED)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert spoken(text) == ""


def test_mention_tells_where_it_stands_and_covers_the_places_above() -> None:
    (mention,) = REGIONS.find("我安置在新乡卫辉了")

    assert (mention.matched, mention.start, mention.end) == ("新乡卫辉", 4, 8)
    assert mention.certainty == "exact"
    assert mention.province == REGIONS.by_code("410000")


def test_name_of_several_places_is_returned_with_all_of_them() -> None:
    (mention,) = REGIONS.find("鼓楼区怎么走")

    assert {region.code for region in mention.regions} == {"320106", "320302", "350102", "410204"}
    assert mention.certainty == "ambiguous"
    assert mention.province is None


def test_known_place_decides_between_places_of_one_name() -> None:
    assert spoken("鼓楼区怎么走", within="410000") == "河南省开封市鼓楼区"
    assert spoken("鼓楼区怎么走", within="350100") == "福建省福州市鼓楼区"


def test_known_place_does_not_overrule_what_is_written() -> None:
    assert spoken("海口要几天", within="410000") == "海南省海口市"


def test_province_is_certain_when_all_places_of_the_name_lie_in_it() -> None:
    (mention,) = REGIONS.find("桥西区的户口", within="130000")

    assert len(mention.regions) > 1
    assert mention.certainty == "province"
    assert mention.province == REGIONS.by_code("130000")


def test_ambiguous_everyday_name_is_not_decided_by_size() -> None:
    (mention,) = REGIONS.find("我是朝阳的")

    assert {REGIONS.describe(region)[:2] for region in mention.regions} == {"北京", "辽宁", "吉林"}


def test_ordinary_word_alone_is_a_place_only_near_a_known_one() -> None:
    assert spoken("东方") == ""
    assert spoken("东方", within="460000") == "海南省东方市"
    assert spoken("东方", within="410000") == ""


def test_bare_adcode_in_a_sentence_is_not_taken() -> None:
    assert REGIONS.find("我的邮编是 450000") == []


def test_code_gives_its_region() -> None:
    assert REGIONS.by_code("410700") == Region("410700", "新乡市", "新乡", "city", "410000")


@pytest.mark.parametrize(
    ("code", "name"),
    [("41", "河南省"), ("4107", "新乡市"), ("410799", "河南省"), ("469000", "海南省"), ("410781000000", "卫辉市")],
)
def test_shorter_longer_and_unknown_codes_find_what_is_known(code: str, name: str) -> None:
    region = REGIONS.by_code(code)
    assert region is not None
    assert region.name == name


@pytest.mark.parametrize("code", ["", "9", "990000", "41070", "abcdef", "４１０７００", "410700\n"])
def test_what_is_no_code_gives_nothing(code: str) -> None:
    assert REGIONS.by_code(code) is None
    assert REGIONS.province_of(code) is None
    assert REGIONS.path(code) == ()


def test_path_climbs_to_the_province() -> None:
    assert [step.code for step in REGIONS.path("410781")] == ["410781", "410700", "410000"]
    assert [step.name for step in REGIONS.path("469007")] == ["东方市", "海南省"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("410000", "河南省"),
        ("河南", "河南省"),
        ("河南省", "河南省"),
        ("豫", "河南省"),
        (" 琼 ", "海南省"),
        ("藏", "西藏自治区"),
        ("东方", "东方市"),
        ("海南", "海南省"),
        ("新乡市", "新乡市"),
        ("河南省-新乡市", "新乡市"),
        ("河南省新乡市卫辉市某某路1号", "卫辉市"),
        ("人在深圳，老家南阳", "南阳市"),
        ("海南省本级", "海南省"),
        ("延边州", "延边朝鲜族自治州"),
    ],
)
def test_lookup_takes_codes_names_and_addresses(given: str, name: str) -> None:
    region = REGIONS.lookup(given)
    assert region is not None
    assert region.name == name


@pytest.mark.parametrize("given", [None, "", "  ", "鼓楼区", "朝阳", "火星", "12345", "99", "\x00", "东西", "a" * 5000])
def test_lookup_of_the_unknown_or_undecided_is_none(given: str | None) -> None:
    assert REGIONS.lookup(given) is None


@pytest.mark.parametrize(
    ("code", "short_name"),
    [
        ("150000", "内蒙古"),
        ("450000", "广西"),
        ("650000", "新疆"),
        ("810000", "香港"),
        ("222400", "延边"),
        ("469030", "琼中"),
        ("632500", "海南"),
        ("532800", "西双版纳"),
        ("652300", "昌吉"),
        ("410104", "管城"),
        ("429021", "神农架"),
        ("440118", "增城"),
        ("410526", "滑县"),
        ("320214", "新吴"),
    ],
)
def test_short_names_are_derived(code: str, short_name: str) -> None:
    region = REGIONS.by_code(code)
    assert region is not None
    assert region.short_name == short_name


def test_every_region_lies_in_a_province_and_no_parent_is_missing() -> None:
    lost = [region for region in REGIONS if REGIONS.path(region.code)[-1].level != "province"]
    assert lost == []


def test_tree_is_complete() -> None:
    levels = [region.level for region in REGIONS]
    assert (levels.count("province"), levels.count("city"), levels.count("county")) == (34, 333, 2845)


@pytest.mark.parametrize("name", HAINAN_PORTAL.split())
def test_all_places_of_the_hainan_portal_are_known(name: str) -> None:
    region = REGIONS.lookup(name)
    assert region is not None
    assert region.code[:2] == "46"


def test_alias_to_an_unknown_code_is_an_error_that_names_it(tmp_path: Path) -> None:
    table = tmp_path / "regions.csv"
    table.write_text("code,name,level,parent\n410000,河南省,province,\n", encoding="utf-8")

    with pytest.raises(KeyError, match="unknown code"):
        Regions.load(table)
