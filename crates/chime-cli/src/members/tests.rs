//! Valid and invalid members in CSV files.

use super::*;

fn columns() -> Columns {
    Columns {
        member: "MemberId".to_owned(),
        role: None,
    }
}

fn good(text: &str) -> Vec<(String, Role, u64)> {
    let members = parse(text.as_bytes(), &columns()).expect("good");
    let list = members.list.into_iter();
    list.map(|member| (member.id, member.role, member.line))
        .collect()
}

fn bad(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let bad = parse(bytes.as_ref(), &columns()).expect_err("bad");
    bad.iter().map(ToString::to_string).collect()
}

#[test]
fn members_have_lines_and_roles() {
    let expected = vec![
        ("a".to_owned(), Role::Administrator, 2),
        ("b".to_owned(), Role::Member, 3),
        ("c".to_owned(), Role::Member, 6),
    ];
    let text = "MemberId,Role\na,ADMINISTRATOR\n b , member\n\n\nc,\n";
    assert_eq!(good(text), expected);
    assert_eq!(good(&text.replace('\n', "\r\n")), expected);
    assert_eq!(good(&format!("\u{feff}{text}")), expected);
    assert_eq!(
        good("Name,memberid\n\"x\ny\",a\nz,b"),
        [
            ("a".to_owned(), Role::Member, 2),
            ("b".to_owned(), Role::Member, 4)
        ]
    );
    assert_eq!(good("MemberId\n"), []);
}

/// Bad rows after empty lines and after quotes that span lines, for all line endings.
#[test]
fn lines_are_counted_by_any_line_end() {
    let text =
        "\nNote,MemberId,Role\n\n\"1\n2\n\n3\",a,\n,b,Owner\n\"4\n\",,\n\n\nx,\"c\nc\",\n,d,Owner";
    let role = "the role `Owner` is unknown: use Administrator or Member";
    for line_end in ["\n", "\r\n", "\r"] {
        assert_eq!(
            bad(text.replace('\n', line_end)),
            [
                format!("line 8: {role}"),
                "line 9: the member ID is empty".to_owned(),
                format!(
                    "line 13: the member ID {:?} contains a line break or another control character",
                    format!("c{line_end}c")
                ),
                format!("line 15: {role}"),
            ],
            "{line_end:?}"
        );
    }
    assert_eq!(
        bad("A\rB\r"),
        [
            "line 1: the header does not contain the column `MemberId`; it has `A`\n  help: use `--member-column NAME` for another column"
        ]
    );
    assert_eq!(bad("\r\r\r\nA\r")[0].split(':').next(), Some("line 4"));
}

#[test]
fn the_first_line_may_name_the_separator() {
    let expected = [
        ("a,b".to_owned(), Role::Administrator, 3),
        ("c".to_owned(), Role::Member, 5),
    ];
    for (first, separator) in [
        ("sep=;", ";"),
        ("\u{feff}sep=;", ";"),
        ("SEP=;", ";"),
        ("\"sep=;\"", ";"),
        ("sep=;;", ";"),
        ("sep=\t", "\t"),
        ("sep=|", "|"),
    ] {
        for line_end in ["\n", "\r\n", "\r"] {
            let rows = "MemberId;Role\na,b;Administrator\n\nc;\"\"\n";
            let rows = rows.replace(';', separator);
            let text = format!("{first}\n{rows}").replace('\n', line_end);
            assert_eq!(good(&text), expected, "{text:?}");
        }
    }
    assert_eq!(
        good("sep=,\nMemberId,Role\na,\n"),
        [("a".to_owned(), Role::Member, 3)]
    );
    assert_eq!(
        bad("sep=;\r\nMember;Role\r\n"),
        [
            "line 2: the header does not contain the column `MemberId`; it has `Member`, `Role`\n  help: use `--member-column NAME` for another column"
        ]
    );
    for (text, shown) in [
        ("sep=\na", ""),
        ("sep=; x\n", "; x"),
        ("sep=é\n", "é"),
        ("sep=\"\n", "\\\""),
    ] {
        let message = format!(
            "line 1: `sep={shown}` does not contain a separator: use one ASCII character, such as `sep=;`"
        );
        assert_eq!(bad(text), [message], "{text:?}");
    }
    assert_eq!(
        bad("sep=;"),
        [
            "line 1: the header does not contain the column `MemberId`; the file is empty\n  help: use `--member-column NAME` for another column"
        ]
    );
}

#[test]
fn other_columns_can_be_named() {
    let columns = Columns {
        member: "User".to_owned(),
        role: Some("As".to_owned()),
    };
    let members = parse(b"As,Role,User\nmember,x,a\n", &columns).expect("good");
    assert_eq!(
        (members.list.len(), members.list[0].role),
        (1, Role::Member)
    );
    let bad = parse(b"User,Role\na,Member\n", &columns).expect_err("bad");
    assert_eq!(
        bad[0].to_string(),
        "line 1: the header does not contain the column `As`; it has `User`, `Role`\n  help: use `--role-column NAME` for another column"
    );
}

#[test]
fn all_bad_rows_are_found() {
    assert_eq!(
        bad("MemberId,Role\na,Owner\n,Member\n\nb\nc,Member,x\nd,Member\nd,Administrator\n"),
        [
            "line 2: the role `Owner` is unknown: use Administrator or Member",
            "line 3: the member ID is empty",
            "line 5: it has 1 fields, but the header has 2",
            "line 6: it has 3 fields, but the header has 2",
            "line 8: `d` is Administrator here and Member on line 7: keep one of them",
        ]
    );
    assert_eq!(
        bad(b"MemberId\na\n\xff\nb\n"),
        ["line 3: field 1 is not UTF-8: save the file as UTF-8"]
    );
}

#[test]
fn a_quote_that_is_not_closed_is_found() {
    let quote = "a quote is not closed: close it, or double it if it is part of the value";
    assert_eq!(
        bad("MemberId,Note\na,x\nb,\"y\nc,z\nd,z\n"),
        [format!("line 3: {quote}")]
    );
    assert_eq!(
        bad("MemberId,Role\na,Member\n\"b,Member\nc,Member\n"),
        [
            "line 3: it has 1 fields, but the header has 2".to_owned(),
            format!("line 3: {quote}")
        ]
    );
    let odd = parse(b"MemberId,Note\na,5\" wide\nb,x\n", &columns());
    assert_eq!(odd.expect("good").list.len(), 2);
}

#[test]
fn headers_that_are_not_as_they_should_be_are_told() {
    assert_eq!(
        bad(""),
        [
            "line 1: the header does not contain the column `MemberId`; the file is empty\n  help: use `--member-column NAME` for another column"
        ]
    );
    assert_eq!(
        bad("MemberId;Role\na;Member\n"),
        [
            "line 1: the header does not contain the column `MemberId`; it has `MemberId;Role`\n  help: columns are separated by commas, unless the first line sets another separator: `sep=;`"
        ]
    );
    assert_eq!(
        bad("MemberId,MEMBERID\n"),
        ["line 1: the header contains the column `MemberId` twice"]
    );
}

#[test]
fn members_are_listed_once_and_hashed() {
    let read = |text: &str| parse(text.as_bytes(), &columns()).expect("good");
    let once = read("MemberId\na\nb\n");
    let twice = read("MemberId\na\n\nb\na\n");
    assert_eq!((twice.list.len(), twice.repeated), (2, 1));
    assert_eq!(once.hash(), twice.hash());
    assert_eq!(
        once.hash(),
        read("MemberId,Role,X\na,Member,1\nb,,2\n").hash()
    );
    for other in ["MemberId\nb\na\n", "MemberId\nab\n", "MemberId\na\n"] {
        assert_ne!(once.hash(), read(other).hash(), "{other}");
    }
    assert_ne!(
        once.hash(),
        read("MemberId,Role\na,Administrator\nb,\n").hash()
    );
    // Journals of earlier versions contain it.
    assert_eq!(read("MemberId\na\n").hash(), 0xe5d2_bc19_0426_a22b);
}
