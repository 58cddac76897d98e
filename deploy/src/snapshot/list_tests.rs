//! What a list must refuse, and where it must say the fault is.

use super::{list::*, *};

fn leaf(who: u8) -> Leaf {
    Leaf::new(
        Address::repeat_byte(who),
        Address::repeat_byte(9),
        U256::from(who),
        U256::ZERO,
    )
}

fn parse(text: &str) -> Result<List, ListError> {
    List::parse(text.as_bytes())
}

#[test]
fn a_list_is_read_back_as_written() {
    let list = List::of(vec![leaf(2), leaf(1), leaf(3)]);
    assert_eq!(parse(&list.to_json()), Ok(list));
}

#[test]
fn a_short_entry_is_refused_with_its_position() {
    let text = List::of(vec![leaf(1), leaf(2), leaf(3)]).to_json();
    let cut = text.replacen("\",\n    \"0x0303", "\",\n    \"0x03", 1);
    let error = parse(&cut).expect_err("one byte short");
    assert_eq!(
        error.to_string(),
        "entry 2 (line 4) is malformed: expected 208 hex digits (delegator, delegate, stake, fees), found 206"
    );
}

#[test]
fn an_entry_that_is_not_hex_is_refused_with_its_position() {
    let text = List::of(vec![leaf(1), leaf(2)])
        .to_json()
        .replacen("0x0202", "0x02g2", 1);
    assert!(matches!(
        parse(&text),
        Err(ListError::Malformed {
            index: 1,
            line: 3,
            ..
        })
    ));
}

#[test]
fn an_entry_without_0x_is_refused_with_its_position() {
    let text = List::of(vec![leaf(1)]).to_json().replacen("0x", "", 1);
    assert!(matches!(
        parse(&text),
        Err(ListError::Malformed {
            index: 0,
            line: 2,
            ..
        })
    ));
}

#[test]
fn digits_outside_ascii_are_refused() {
    assert!(matches!(
        parse(&format!("[\"0x{}\"]", "é".repeat(104))),
        Err(ListError::Malformed {
            index: 0,
            line: 1,
            ..
        })
    ));
}

#[test]
fn an_account_that_stands_there_twice_is_refused() {
    let mut other = leaf(1);
    other.0[LEAF_LEN - 1] = 5;
    let text = List::of(vec![leaf(1), leaf(2), other]).to_json();
    assert_eq!(
        parse(&text),
        Err(ListError::Duplicate {
            first: 0,
            second: 2,
            line: 4,
            delegator: Address::repeat_byte(1)
        })
    );
}

#[test]
fn what_is_not_an_array_of_strings_is_refused() {
    for text in ["", "{}", "[1]", "[\"0x00\"", "[[]]", "null"] {
        assert!(matches!(parse(text), Err(ListError::Json(_))), "{text}");
    }
}

#[test]
fn an_empty_list_is_refused() {
    assert_eq!(parse("[]"), Err(ListError::Empty));
}

#[test]
fn an_account_is_found_by_address_only() {
    let list = List::of(vec![leaf(2), leaf(1)]);
    assert_eq!(list.find(Address::repeat_byte(1)), Some(&leaf(1)));
    // the delegate of both, but no account of its own
    assert_eq!(list.find(Address::repeat_byte(9)), None);
}
