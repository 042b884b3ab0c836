//! What is said of CSV tables.

use crate::support::broken;

broken! {
    a_table_with_another_name: |m| m.add("demands.csv", "commodity,region,year,value\n");
    a_table_cut_at_semicolons: |m| m.without("residual_capacity.csv").add("residual_capacity.csv", "process;region;year;value;unit\ncoal_plant;north;2025;3.0;GW\n");
    a_column_that_is_misspelt: |m| m.replace("process,region,year,value,unit,source", "proces,region,year,value,unit,source");
    a_column_that_is_missing: |m| m.replace("profile,slice,value\n", "profile,slice\n");
    a_row_too_short: |m| m.replace("wind,summer,0.25", "wind,0.25");
    a_row_with_a_decimal_comma: |m| m.replace("coal_plant,north,2025,3.0,GW,list of plants", "coal_plant,north,2025,\"3,0\",GW,list of plants");
    a_row_given_twice: |m| m.add("residual_capacity.csv", "coal_plant,north,2040,0.9,GW,another list\n");
    a_row_for_an_unknown_process: |m| m.add("residual_capacity.csv", "coal_plants,north,2030,0.9,GW,another list\n");
    a_row_for_an_unknown_region: |m| m.add("residual_capacity.csv", "coal_plant,nord,2030,0.9,GW,another list\n");
    a_row_without_a_value: |m| m.add("residual_capacity.csv", "coal_plant,north,2030,,GW,another list\n");
    a_row_in_another_unit: |m| m.add("residual_capacity.csv", "coal_plant,north,2030,0.9,GWh,another list\n");
    a_row_for_an_unknown_parameter: |m| m.add("parameters.csv", "process,region,year,parameter,value,unit\nwind,,2030,capitalcost,1100,USD/kW\n");
    a_row_of_a_profile_for_no_slice: |m| m.add("profiles.csv", "load,spring.day,1.0\n");
    a_profile_with_a_name_that_means_something: |m| m.add("profiles.csv", "flexible,winter,1\nflexible,summer,1\n");
    two_profiles_for_a_demand: |m| m.replace("south = { annual = 4, profile = \"load\" }\n", "").add("demand.csv", "commodity,region,year,value,unit,profile\nelectricity,south,2025,4,TWh,load\nelectricity,south,2040,4,TWh,flat\n");
    a_demand_burnt_in_one_row_and_not_in_another: |m| m.add("demand.csv", "commodity,region,year,value,unit,non_energy_use\ncoal,north,2025,4,PJ,true\ncoal,north,2040,4,PJ,false\n");
    a_demand_that_is_burnt_perhaps: |m| m.add("demand.csv", "commodity,region,year,value,unit,non_energy_use\ncoal,north,2025,4,PJ,feedstock\n");
    a_demand_in_a_table_and_in_toml: |m| m.add("demand.csv", "commodity,region,year,value,unit\nelectricity,south,2030,5,TWh\n");
    an_empty_table: |m| m.add("parameters.csv", "# nothing yet\n");
    a_table_that_says_its_semicolons: |m| m.without("residual_capacity.csv").add("residual_capacity.csv", "sep=;\nprocess;region;year;value;unit\ncoal_plant;north;2025;3.0;GW\n");
    a_table_cut_at_tabs: |m| m.without("residual_capacity.csv").add("residual_capacity.csv", "process\tregion\tyear\tvalue\tunit\ncoal_plant\tnorth\t2025\t3.0\tGW\n");
    a_cell_right_of_the_table: |m| m.without("residual_capacity.csv").add("residual_capacity.csv", "process,region,year,value,unit,,\ncoal_plant,north,2025,3.0,GW,,\ncoal_plant,north,2040,1.0,GW,,was 1.2\n");
    a_column_without_name_in_the_middle: |m| m.without("residual_capacity.csv").add("residual_capacity.csv", "process,region,year,,value,unit\ncoal_plant,north,2025,,3.0,GW\n");
    a_row_with_blanks_between_thousands: |m| m.replace("coal_plant,north,2040,1000,MW,list of plants", "coal_plant,north,2040,1\u{202f}000,MW,list of plants");
}
