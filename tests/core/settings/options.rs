//! Every option has a default and bounds, and a wrong value is named without giving a key away.

use magic_sessionmanager_core::error::{Code, Error};
use magic_sessionmanager_core::session::limit::OnLimit;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::rotation::OnRefreshReuse;
use magic_sessionmanager_core::settings::{Kind, RawValue, Retention, Settings, describe, keys, parse};

/// 32 zero bytes in base64.
const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn refusal(name: &str, value: RawValue) -> Error {
    parse([(name, value)]).unwrap_err()
}

fn text(value: &str) -> RawValue {
    RawValue::Text(value.to_owned())
}

#[test]
fn without_options_the_documented_defaults_hold() {
    let settings = parse::<&str>([]).unwrap();
    assert_eq!(settings, Settings::default());
    assert_eq!(settings.last_seen_rate_limit.get(), 30_000);
    assert_eq!(settings.inactivity_timeout.get(), 15 * 60_000);
    assert_eq!(settings.absolute_timeout.span().get(), 30 * 86_400_000);
    assert_eq!(settings.terminated_retention, Retention::Days(30));
    assert_eq!(settings.journal_retention, Retention::Days(90));
    assert_eq!(settings.on_inactive, OnInactive::Mark);
    assert_eq!(settings.max_sessions_per_user, None);
    assert_eq!(settings.on_limit, OnLimit::EvictOldest);
    assert!(!settings.terminate_on_role_change);
    assert!(!settings.strict);
    assert_eq!(settings.refresh_retry_window.get(), 30_000);
    assert_eq!(settings.on_refresh_reuse, OnRefreshReuse::Terminate);
}

#[test]
fn bounds_are_inclusive_and_one_beyond_is_refused() {
    for option in describe() {
        let (Some(min), Some(max)) = (option.min, option.max) else { continue };
        for inside in [min, max] {
            let value = RawValue::Number(f64::from(i32::try_from(inside / 1000).unwrap()) * 1000.0);
            if inside % 1000 == 0 {
                assert!(parse([(option.name, value)]).is_ok(), "{} = {inside}", option.name);
            }
        }
        assert!(parse([(option.name, RawValue::Number(1e15))]).is_err(), "{}", option.name);
        assert!(parse([(option.name, RawValue::Number(-2.0))]).is_err(), "{}", option.name);
    }
}

#[test]
fn a_wrong_value_is_named_with_what_the_option_takes() {
    let cases = [
        (text("15m"), "got the text \"15m\""),
        (RawValue::Number(-5.0), "got the number -5"),
        (RawValue::Number(f64::NAN), "got the number NaN"),
        (RawValue::Number(f64::INFINITY), "got the number Infinity"),
        (RawValue::Number(1000.5), "got the number 1000.5"),
        (RawValue::Number(-0.1), "got the number -0.1"),
        (RawValue::Number(2_000.999_999_9), "got the number 2000.999999"),
        (RawValue::Number(1e300), "got the number 9007199254740991 or beyond"),
        (text(&"x".repeat(41)), &format!("got the text \"{}…\"", "x".repeat(40))),
        (RawValue::Bool(true), "got true"),
        (RawValue::Other("a list"), "got a list"),
    ];
    for (value, got) in cases {
        let error = refusal("inactivityTimeout", value);
        assert_eq!(error.code(), Code::InvalidSetting);
        assert_eq!(error.field(), Some("inactivityTimeout"));
        let takes = "it takes a whole number of milliseconds from 1000 to 31536000000 (default 900000)";
        assert!(error.message().contains(got), "{error}");
        assert!(error.message().contains(takes), "{error}");
        assert_eq!(error.message().lines().count(), 1);
    }
}

#[test]
fn an_unknown_option_is_named_and_the_known_ones_are_listed() {
    let error = refusal("inactivityTimout\n\u{1b}", RawValue::Undefined);
    assert!(error.message().contains("inactivityTimout\\n\\u{1b}"), "{error}");
    assert!(error.message().contains("inactivityTimeout"), "{error}");
    assert_eq!(error.message().lines().count(), 1);
}

#[test]
fn a_key_is_32_bytes_in_either_alphabet_with_or_without_padding() {
    let spellings = [
        KEY,
        KEY.trim_end_matches('='),
        "-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_8",
        "+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/8=",
    ];
    for spelling in spellings {
        assert!(parse([("encryptionKey", text(spelling))]).is_ok(), "{spelling}");
    }
}

#[test]
fn a_wrong_key_is_refused_and_never_shown() {
    let cases = ["", "hunter2-not-base64!", "c2VjcmV0LXNlY3JldA==", &KEY.repeat(3), "schlüssel"];
    for key in cases {
        let error = refusal("encryptionKey", text(key));
        assert_eq!(error.field(), Some("encryptionKey"));
        assert!(error.message().contains("32 bytes in base64"), "{error}");
        assert!(key.is_empty() || !error.message().contains(key), "{error}");
    }
}

#[test]
fn retention_of_minus_one_or_null_keeps_for_ever() {
    for value in [RawValue::Null, RawValue::Number(-1.0)] {
        let settings = parse([("terminatedRetentionDays", value.clone())]).unwrap();
        assert_eq!(settings.terminated_retention, Retention::Forever);
        let settings = parse([("journalRetentionDays", value)]).unwrap();
        assert_eq!(settings.journal_retention, Retention::Forever);
    }
}

#[test]
fn no_limit_of_sessions_is_minus_one_or_null() {
    for value in [RawValue::Null, RawValue::Number(-1.0)] {
        assert_eq!(parse([("maxSessionsPerUser", value)]).unwrap().max_sessions_per_user, None);
    }
    let five = parse([("maxSessionsPerUser", RawValue::Number(5.0))]).unwrap();
    assert_eq!(five.max_sessions_per_user, Some(5));
    let error = refusal("maxSessionsPerUser", RawValue::Number(0.0));
    let takes = "it takes a whole number of sessions from 1 to 1000, or -1 for no limit (default -1)";
    assert!(error.message().ends_with(takes), "{error}");
}

#[test]
fn a_choice_takes_its_words_and_nothing_else() {
    let choices = describe().into_iter().filter(|option| option.kind == Kind::Choice);
    for (name, words) in choices.map(|option| (option.name, option.choices.unwrap())) {
        for word in &words {
            assert!(parse([(name, text(word))]).is_ok(), "{name} = {word}");
        }
        for wrong in [text("Mark"), text(""), RawValue::Bool(true), RawValue::Number(0.0)] {
            assert_eq!(refusal(name, wrong).field(), Some(name));
        }
    }
    let terminate = parse([("onInactive", text("terminate"))]).unwrap();
    assert_eq!(terminate.on_inactive, OnInactive::Terminate);
    let deny = parse([("onLimit", text("deny-new"))]).unwrap();
    assert_eq!(deny.on_limit, OnLimit::DenyNew);
    let error = refusal("onInactive", text("kill"));
    let says = "got the text \"kill\"; it takes \"mark\" or \"terminate\" (default mark)";
    assert!(error.message().ends_with(says), "{error}");
}

#[test]
fn a_switch_takes_true_and_false() {
    assert!(parse([("strict", RawValue::Bool(true))]).unwrap().strict);
    assert!(!parse([("strict", RawValue::Bool(false))]).unwrap().strict);
    for (wrong, got) in [(text("true"), "the text \"true\""), (RawValue::Number(1.0), "the number 1")] {
        let says = format!("got {got}; it takes true or false (default false)");
        assert!(refusal("strict", wrong).message().ends_with(&says));
    }
}

#[test]
fn null_and_undefined_mean_the_default() {
    for option in describe().iter().filter(|option| option.min != Some(-1)) {
        for nothing in [RawValue::Null, RawValue::Undefined] {
            assert_eq!(parse([(option.name, nothing)]).unwrap(), Settings::default());
        }
    }
}

fn list(items: &[&str]) -> RawValue {
    RawValue::List(items.iter().map(|item| text(item)).collect())
}

#[test]
fn previous_keys_are_comma_separated_text_or_a_list_of_texts() {
    let url_safe = "-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_8";
    let none = [RawValue::Undefined, RawValue::Null, text(""), text(" \n"), list(&[])];
    let two = [
        text(&format!("{KEY},{url_safe}")),
        text(&format!(" {KEY} ,\n{url_safe}\n")),
        list(&[KEY, url_safe]),
    ];
    for (count, values) in [(0, none.as_slice()), (1, &[text(KEY), list(&[KEY])]), (2, &two)] {
        for value in values {
            assert_eq!(keys::read_previous(value).unwrap().len(), count);
            assert_eq!(parse([("encryptionKeyPrevious", value.clone())]).unwrap(), Settings::default());
        }
    }
}

#[test]
fn last_seen_is_written_four_times_per_inactivity_timeout_however_long_the_rate_limit() {
    let period = |limit: f64, timeout: f64| {
        let limit = ("lastSeenRateLimit", RawValue::Number(limit));
        let timeout = ("inactivityTimeout", RawValue::Number(timeout));
        parse([limit, timeout]).unwrap().touch_period().get()
    };
    assert_eq!(period(30_000.0, 900_000.0), 30_000);
    assert_eq!(period(86_400_000.0, 900_000.0), 225_000);
    assert_eq!(period(30_000.0, 1_000.0), 250);
    assert_eq!(period(0.0, 1_000.0), 0);
}

#[test]
fn a_wrong_previous_key_is_named_by_its_place_and_never_shown() {
    let short = "c2VjcmV0LXNlY3JldA==";
    let cases = [
        (text(short), "got 13 bytes as key 1;"),
        (text(&format!("{KEY},hunter2!")), "got text of 8 characters that is not base64 as key 2;"),
        (text(&format!("{KEY},{KEY},")), "got an empty text as key 3;"),
        (list(&[KEY, KEY, short]), "got 13 bytes as key 3;"),
        (list(&[&format!("{KEY},{KEY}")]), "got text of 89 characters that is not base64 as key 1;"),
        (RawValue::List(vec![text(KEY), RawValue::Number(1.0)]), "got a number as key 2;"),
        (RawValue::List(vec![list(&[KEY])]), "got a list as key 1;"),
        (RawValue::Bool(true), "got a truth value;"),
        (RawValue::Other("an object"), "got an object;"),
        (text(&KEY.repeat(2000)), "got text of more than 65535 characters;"),
    ];
    for (value, got) in cases {
        let error = refusal("encryptionKeyPrevious", value);
        assert_eq!((error.code(), error.field()), (Code::InvalidSetting, Some("encryptionKeyPrevious")));
        let takes = "it takes comma-separated text or a list of texts, each 32 bytes in base64";
        let expected = format!("magic-sessionmanager: option \"encryptionKeyPrevious\" {got} {takes}");
        assert_eq!(error.message(), expected);
    }
}

#[test]
fn tokens_are_stored_unless_that_is_turned_off() {
    for (value, stored) in [
        (RawValue::Undefined, true),
        (RawValue::Null, true),
        (RawValue::Bool(true), true),
        (RawValue::Bool(false), false),
    ] {
        assert_eq!(parse([("storeTokens", value)]).unwrap().store_tokens, stored);
    }
    for (value, got) in [
        (text("false"), "the text \"false\""),
        (RawValue::Number(0.0), "the number 0"),
        (RawValue::List(vec![]), "a list"),
        (RawValue::Other("an object"), "an object"),
    ] {
        let message = refusal("storeTokens", value).message().to_owned();
        let expected = format!(
            "magic-sessionmanager: option \"storeTokens\" got {got}; it takes true or false (default true)"
        );
        assert_eq!(message, expected);
    }
}
