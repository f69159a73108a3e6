"""A guide that no office ever issued, in the shapes in which offices write theirs."""

from __future__ import annotations

PLAIN = """
关于印发《某省退役一件事试行办法》的通知

各市退役军人事务局：现印发给你们。

2025年3月1日

- 1 -

某省退役一件事试行办法

为方便退役军人，制定本办法。

一、服务对象

回到本省落户的退役士兵。

二、办理事项

1. 线上联合办理:

(1) 退役报到

(2) 户口登记

2. 线下办理

(3) 预备役登记

三、办理渠道

网上办理: 省政务网。 窗口办理: 1.省级窗口 2.县级窗口 四、办理流程

1. 打开网页

<u>2</u>

2. 选择情形

选择情形	×
1. 是否已报到
2. 是否注销户口
温馨提示:
①没报到的先报到。
②指纹要到现场录。

3. 提交

附件 1：

材料清单

事项	材料	份数
报到	退役证	一份
报到	介绍信	一份

附件2：
操作说明

一、怎么登录

（一）扫码
（二）密码
"""

CONTENTS = (
    ("印发通知", "印发通知"),
    ("前言", "前言"),
    ("一", "服务对象"),
    ("二1", "线上联合办理"),
    ("二1(1)", "退役报到"),
    ("二1(2)", "户口登记"),
    ("二2", "线下办理"),
    ("二2(3)", "预备役登记"),
    ("三 网上办理", "省政务网"),
    ("三 窗口办理1", "省级窗口"),
    ("三 窗口办理2", "县级窗口"),
    ("四1", "打开网页"),
    ("四2", "选择情形"),
    ("四2 选择情形1", "是否已报到"),
    ("四2 选择情形2", "是否注销户口"),
    ("四2 温馨提示①", "先报到"),
    ("四2 温馨提示②", "录指纹"),
    ("四3", "提交"),
    ("附件1", "材料清单"),
    ("附件1 退役证", "退役证"),
    ("附件1 介绍信", "介绍信"),
    ("附件2 一", "怎么登录"),
    ("附件2 一(一)", "扫码"),
    ("附件2 一(二)", "密码"),
)


def pdf_of(lines: list[str]) -> bytes:
    """A PDF of one page with these lines in Latin letters, by hand."""
    drawn = "".join(f"1 0 0 1 50 {700 - 20 * place} Tm ({line}) Tj\n" for place, line in enumerate(lines))
    content = f"BT /F1 12 Tf\n{drawn}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    return f"{written}{end}\nstartxref\n{len(written)}\n%%EOF".encode("latin-1")
