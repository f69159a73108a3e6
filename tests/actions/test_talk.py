"""What a conversation remembers between two calls."""

from tests.actions.builders import Person, in_questionnaire, with_result


async def test_the_memory_tells_up_to_which_number_a_choice_can_be_taken() -> None:
    fresh, asked = Person(region_hint="河南"), await in_questionnaire()

    await fresh.meets("thank", "谢谢", "thank")

    assert fresh.memory.highest_number == 0
    assert asked.memory.highest_number == 5


async def test_choices_that_stand_in_the_text_count_too() -> None:
    person = await with_result()

    assert person.memory.highest_number >= len(person.memory.private["listed"])
