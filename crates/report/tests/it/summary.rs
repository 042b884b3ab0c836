//! The summary for programs.

use insta::assert_snapshot;
use kzleap_accounts::Accounts;
use kzleap_report::Summary;

use crate::fixture::{info, model, solution};

#[test]
#[expect(clippy::too_many_lines, reason = "one summary, written down field by field")]
fn it_has_what_programs_look_for() {
    let model = model();
    let summary = Summary::new(&Accounts::new(&model, &solution(&model)), &info());
    assert_snapshot!(summary.to_json(), @r##"
    {
      "kzleap": "0.1.0",
      "model": "two-plants",
      "label": "",
      "scenario": "cap",
      "scenario_label": "",
      "status": "optimal",
      "objective": 12916.007392463322,
      "system_cost": 12739.330413643913,
      "transfers": {
        "emission_price": 328.578326171566,
        "subsidy": -151.90134735215693
      },
      "currency": "USD2022",
      "base_year": 2025,
      "years": [
        {
          "milestone": 2025,
          "first": 2025,
          "last": 2029
        },
        {
          "milestone": 2030,
          "first": 2030,
          "last": 2039
        }
      ],
      "lp": {
        "rows": 120,
        "columns": 140,
        "nonzeros": 400
      },
      "lp_digest": "0000000000000000000000000000000000000000000000000000000000000000",
      "seconds": {
        "read": 0.01,
        "build": 0.02,
        "solve": 0.03,
        "extract": 0.01,
        "report": 0.0,
        "total": 0.07
      },
      "peak_memory_mb": 25.0,
      "solver": {
        "name": "HiGHS 1.11.0",
        "options": [
          "solver = ipm"
        ]
      },
      "certificate": {
        "primal": 1e-9,
        "dual": 2e-9,
        "gap": 1e-10,
        "objective_components": 1e-14,
        "certified": true
      },
      "emissions": {
        "co2": {
          "2025": 16.0,
          "2030": 11.6
        }
      },
      "emission_units": {
        "co2": "Mt"
      },
      "emission_labels": {
        "co2": "CO2"
      },
      "cap_emissions": {
        "power": {
          "2025": 16.0,
          "2030": 11.6
        }
      },
      "cap_units": {
        "power": "Mt"
      },
      "emission_limits": {
        "power": {
          "2030": 11.6
        }
      },
      "emission_prices": {
        "power": {
          "2025": 0.0,
          "2030": 42.0
        }
      },
      "investment": {
        "2025": 0.0,
        "2030": 1950.0
      },
      "annual_cost": {
        "capital": {
          "2025": 0.0,
          "2030": 191.11430059021285
        },
        "fixed": {
          "2025": 30.0,
          "2030": 16.000000000000004
        },
        "transport": {
          "2025": 12.5,
          "2030": 3.9999999999999996
        },
        "unserved": {
          "2025": 0.0,
          "2030": 1600.0
        },
        "variable": {
          "2025": 150.0,
          "2030": 106.0
        }
      },
      "annual_transfers": {
        "emission_price": {
          "2025": 0.0,
          "2030": 53.0
        },
        "subsidy": {
          "2025": 0.0,
          "2030": -24.501833409001648
        }
      },
      "units": {
        "coal": "PJ",
        "electricity": "PJ"
      },
      "labels": {
        "coal": "coal",
        "electricity": "electricity"
      },
      "main": [
        "electricity"
      ],
      "shown": {
        "electricity": {
          "unit": "TWh",
          "factor": 0.2777777777777778
        }
      },
      "generation": {
        "coal": {
          "coal": {
            "2025": 150.0,
            "2030": 106.0
          }
        },
        "electricity": {
          "coal": {
            "2025": 60.0,
            "2030": 42.400000000000006
          },
          "solar_pv": {
            "2025": 0.0,
            "2030": 16.0
          }
        }
      },
      "capacity": {
        "GW": {
          "battery": {
            "2025": 0.0,
            "2030": 0.5
          },
          "coal": {
            "2025": 3.0,
            "2030": 1.6
          },
          "link": {
            "2025": 1.0,
            "2030": 1.0
          },
          "solar_pv": {
            "2025": 0.0,
            "2030": 2.5
          }
        }
      },
      "demand": {
        "electricity": {
          "2025": 60.0,
          "2030": 60.0
        }
      },
      "unserved": {
        "electricity": {
          "2025": 0.0,
          "2030": 2.0
        }
      },
      "price": {
        "coal": {
          "2025": 1.0,
          "2030": 1.0
        },
        "electricity": {
          "2025": 3.0,
          "2030": 108.24749163879599
        }
      },
      "binding": [
        {
          "kind": "emission_cap",
          "rule": "power",
          "label": "power",
          "side": "most",
          "region": "",
          "slice": "",
          "path": "emission_caps.power.limit",
          "unit": "Mt/a",
          "price_unit": "MUSD2022/(Mt/a)",
          "years": {
            "2030": {
              "limit": 11.6,
              "price": 42.0
            }
          },
          "worth": 3020.440764354471
        }
      ],
      "headline": {
        "primary_energy": {
          "2025": 155.0,
          "2030": 124.0
        },
        "net_imports": {
          "2025": 5.0,
          "2030": 2.0
        },
        "final_energy": {
          "2025": 60.0,
          "2030": 58.0
        },
        "clean_electricity": {
          "2025": 0.0,
          "2030": 27.3972602739726
        },
        "sectors": {
          "power": {
            "Coal": {
              "2025": 15.0,
              "2030": 10.600000000000001
            },
            "Exogenous": {
              "2025": 1.0,
              "2030": 1.0
            }
          }
        },
        "categories": [
          {
            "name": "coal",
            "label": "Coal",
            "colour": "#3f3b38"
          },
          {
            "name": "solar_pv",
            "label": "Solar PV",
            "colour": "#efc541"
          },
          {
            "name": "battery",
            "label": "Battery",
            "colour": "#e46795"
          }
        ],
        "sector_looks": [
          {
            "name": "coal",
            "label": "Coal",
            "colour": "#3f3b38"
          },
          {
            "name": "exogenous",
            "label": "Exogenous",
            "colour": "#ddc890"
          }
        ]
      },
      "inputs": [
        {
          "path": "model.toml",
          "sha256": "00ff"
        }
      ],
      "defaults": [
        {
          "path": "processes.solar.economic_life",
          "value": "20 a"
        }
      ]
    }
    "##);
}

#[test]
fn it_reads_back() {
    let model = model();
    let summary = Summary::new(&Accounts::new(&model, &solution(&model)), &info());
    assert_eq!(Summary::from_json(&summary.to_json()).expect("a summary"), summary);
}
