use super::*;

fn currency() -> Currency {
    let mut currency = Currency::parse("USD2022").expect("a currency");
    currency.others.insert("USD2015".to_owned(), 1.21);
    currency.others.insert("KZT2022".to_owned(), 0.002);
    currency
}

fn convert(value: f64, from: &str, to: &str) -> f64 {
    let (from, to) = (
        parse(from, &currency()).expect("known unit"),
        parse(to, &currency()).expect("known unit"),
    );
    assert_eq!(from.powers, to.powers);
    from.to(to).apply(value)
}

#[test]
#[expect(clippy::float_cmp, reason = "these conversions are exact")]
fn units_of_the_same_size_convert_exactly() {
    assert_eq!(convert(1300.0, "USD/kW", "MUSD/GW"), 1300.0);
    assert_eq!(convert(40.0, "USD2022/kW/a", "MUSD/GW/a"), 40.0);
    assert_eq!(convert(94.6, "kt/PJ", "Mt/PJ"), 94.6 / 1000.0);
    assert_eq!(convert(50.0, "USD/t", "MUSD/Mt"), 50.0);
    assert_eq!(convert(150.0, "USD/kWh", "MUSD/GWh"), 150.0);
    assert_eq!(convert(250.0, "MW", "GW"), 0.25);
    assert_eq!(convert(1.0, "GW", "PJ/a"), 31.536);
    assert_eq!(convert(36.0, "USD/MWh", "MUSD/PJ"), 10.0);
    assert_eq!(convert(1.0, "TWh", "PJ"), 3.6);
    assert_eq!(convert(38.0, "%", "1"), 0.38);
    assert_eq!(convert(1.0, "Mtoe", "PJ"), 41.868);
    assert_eq!(convert(1.0, "PJ/a/a", "PJ/(a*a)"), 1.0);
    assert_eq!(convert(600.0, "USD/(t/a)", "MUSD/(Mt/a)"), 600.0);
    assert_eq!(convert(18.0, "GJ/t", "PJ/Mt"), 18.0);
    assert_eq!(convert(2.5, "MJ/pkm", "PJ/Gpkm"), 2.5);
    assert_eq!(convert(400.0, "kt", "Mt"), 0.4);
    assert_eq!(convert(90.0, "g/vkm", "Mt/Gvkm"), 0.09);
    assert_eq!(convert(20.0, "m2/head", "Mm2/million"), 20.0);
}

#[test]
fn other_units_convert_as_the_tables_of_the_agencies_say() {
    near(convert(1.0, "Mtce", "PJ"), 29.3076);
    near(convert(1.0, "Gcal/h", "MW"), 1.163);
    near(convert(100.0, "USD2015/kW", "USD/kW"), 121.0);
    near(convert(5.0, "KZT/kWh", "USD/MWh"), 10.0);
    near(convert(2.0, "bnUSD", "MUSD"), 2000.0);
    near(convert(1.0, "MUSD/(PJ/a)", "USD/kW"), 31.536);
}

#[test]
fn capitals_do_not_make_a_currency_of_a_unit() {
    for (written, meant) in
        [("GWH", "GWh"), ("TWH", "TWh"), ("TOE", "toe"), ("MTOE", "Mtoe"), ("kTCE", "ktce")]
    {
        let error = parse(&format!("USD/{written}"), &currency()).expect_err("no unit");
        let hint = Some(format!("did you mean `{meant}`? capitals matter"));
        assert_eq!(error, UnitError::Unknown { part: written.to_owned(), hint });
    }
}

fn near(a: f64, b: f64) {
    assert!((a / b - 1.0).abs() < 1e-12, "{a} {b}");
}

#[test]
fn a_thousand_cubic_metres_are_one_unit() {
    let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-12, "{a} {b}");
    for text in ["USD/1000 m3", "USD/1000m3", "USD/thousand m3", "USD/(1000 m3)"] {
        near(convert(200.0, text, "MUSD/bcm"), 200.0);
    }
    near(convert(75.0, "USD/bbl", "MUSD/(million bbl)"), 75.0);
    near(convert(10.0, "USD/MMBtu", "USD/GJ"), 10.0 / 1.055_055_852_62);
    near(convert(1.0, "PJ/1", "PJ"), 1.0);
    near(convert(25.0, "USD/100 kg", "USD/t"), 250.0);
    near(convert(3.0, "thousand/a", "million/a"), 0.003);
    near(convert(3.0, "billion kWh", "TWh"), 3.0);
    near(convert(3.0, "1000 million", "million"), 3000.0);
    near(convert(3.0, "thousand t", "kt"), 3.0);
}

#[test]
fn a_unit_knows_whether_a_year_or_a_power_stands_in_it() {
    let spelled = |text: &str| {
        let spelled = parse(text, &currency()).expect("a unit").spelled;
        (spelled.year, spelled.power)
    };
    assert_eq!(spelled("USD/kW/a"), (true, true));
    assert_eq!(spelled("USD/(kW*a)"), (true, true));
    assert_eq!(spelled("USD/kWh"), (false, false));
    assert_eq!(spelled("MUSD/(PJ/a)/a"), (true, false));
}

/// 1 GW for 8760 hours is 8760 GWh = 8.76 TWh, and 8760 · 3.6 TJ = 31.536 PJ.
#[test]
fn a_power_over_a_year_is_no_unit() {
    for written in ["GWa", "GWy", "GWyr", "GW-year"] {
        let error = parse(written, &currency()).expect_err("no unit");
        let UnitError::Unknown { hint, .. } = error else { panic!("{written}") };
        let meant = "1 GW over a year is 8.76 TWh, or 31.536 PJ: convert the number";
        assert_eq!(hint.as_deref(), Some(meant), "{written}");
    }
    near(convert(8.76, "TWh", "PJ"), 31.536);
}

#[test]
fn what_is_no_unit_is_refused_with_a_hint() {
    let error = |text| parse(text, &currency()).expect_err("no unit");
    for text in ["USD/", "USD//kW", "USD/*kW", "USD**kW", "/kW"] {
        assert_eq!(error(text), UnitError::Syntax, "{text}");
    }
    assert_eq!(error("EUR2020/kW"), UnitError::Money { name: "EUR2020".to_owned() });
    let UnitError::Unknown { hint, .. } = error("USD/kw") else { panic!("unknown unit") };
    assert_eq!(hint.as_deref(), Some("did you mean `kW`? capitals matter"));
    let UnitError::Unknown { hint, .. } = error("PJ/yr") else { panic!("unknown unit") };
    assert_eq!(hint.as_deref(), Some("write `a`"));
    let UnitError::Unknown { hint, .. } = error("Gp-km") else { panic!("unknown unit") };
    assert_eq!(hint.as_deref(), Some("did you mean `Gpkm`?"));
    for (written, meant) in [
        ("МВт", "MW"),
        ("ГВтч", "GWh"),
        ("ГВт-ч", "GWh"),
        ("т", "t"),
        ("кг", "kg"),
        ("Гкал", "Gcal"),
        ("ПДж", "PJ"),
        ("GJ_th", "GJ"),
        ("MWel", "MW"),
        ("kWe", "kW"),
        ("m³", "m3"),
        ("тыс. т", "thousand"),
        ("млн т", "million"),
        ("млрд кВт⋅ч", "billion"),
        ("billion", "1000 million"),
    ] {
        let UnitError::Unknown { hint, .. } = error(written) else { panic!("{written}") };
        assert_eq!(hint, Some(format!("write `{meant}`")), "{written}");
    }
}
