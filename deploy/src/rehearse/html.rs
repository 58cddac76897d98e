//! The report as one page that needs nothing else, and its charts as one picture.
//! Always holds: no script, no font and no picture is fetched; everything shown is in the report.

use std::fmt::Write as _;

use alloy::primitives::{U256, utils::format_ether};

use super::{
    BUILDING, Report,
    chart::{Bar, Chart, FIRST, SECOND, WIDTH},
};
use crate::bench::thousands;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b2733}\
table{border-collapse:collapse;width:100%;margin:1rem 0}td,th{padding:.25rem .5rem;border-bottom:1px solid #d5dde5;text-align:right}\
td:first-child,th:first-child,.said td,.said th{text-align:left}svg{width:100%;height:auto}.ok{color:#0a7d38}.bad{color:#b3261e}code{font-size:.85em}";
/// Orchestrators in the page's chart of stakes, and in the picture's.
const SHOWN: usize = 40;
const PICTURED: usize = 12;
/// Between two charts of the picture, with the title.
const GAP: f64 = 34.0;

/// The page.
#[must_use]
pub fn page(report: &Report) -> String {
    let mut page = String::from("<!doctype html><html lang=en><meta charset=utf-8>");
    let (class, verdict) = match report.holds() {
        true => ("ok", "Every unit is accounted for."),
        false => ("bad", "Units are missing."),
    };
    let golden = match report.is_golden {
        true => " (the published one)",
        false => "",
    };
    // writing to a String does not fail
    let _ = write!(
        page,
        "<title>Rehearsal of the migration</title><style>{STYLE}</style><h1>Rehearsal of the migration</h1>\
         <p class={class}><b>{verdict}</b></p><p>List: {}; root <code>{}</code>{golden}, built from L1. Seed {}. \
         Rounds have {} L1 blocks.</p>",
        escaped(&report.list.to_string()),
        report.root,
        report.seed,
        report.round_blocks,
    );
    conservation(&mut page, report);
    classes(&mut page, report);
    for (title, chart) in charts(report, SHOWN) {
        let _ = write!(page, "<h2>{title}</h2>{}", chart.svg());
    }
    page.push_str("</html>\n");
    page
}

/// What files and contracts say, as text of a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The page's charts as one SVG.
#[must_use]
pub fn picture(report: &Report) -> String {
    let charts = charts(report, PICTURED);
    let (mut y, mut shapes) = (0.0, String::new());
    for (title, chart) in charts {
        let _ = write!(
            shapes,
            "<text x='10' y='{}' font-size='15' font-weight='bold'>{title}</text>\
             <g transform='translate(0 {})'>{}</g>",
            y + GAP - 12.0,
            y + GAP,
            chart.shapes
        );
        y += GAP + chart.height;
    }
    let height = y + 10.0;
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' font-family='sans-serif' font-size='10'>\
         <rect width='{WIDTH}' height='{height}' fill='white'/>{shapes}</svg>\n"
    )
}

/// Every chart with its title.
fn charts(report: &Report, orchestrators: usize) -> Vec<(String, Chart)> {
    let shown = report.stakes.len().min(orchestrators);
    vec![
        (
            "Moves and claims that had arrived".to_owned(),
            course(report),
        ),
        ("Cost per account, in gas".to_owned(), gas(report)),
        (
            format!("Stake per orchestrator before and after (the {shown} largest)"),
            stakes(report, shown),
        ),
        ("Time per phase".to_owned(), phases(report)),
    ]
}

fn conservation(page: &mut String, report: &Report) {
    page.push_str("<h2>Where everything is</h2><table><tr><th><th>LPT<th>ETH</tr>");
    for (what, lpt, eth) in report.rows() {
        let _ = write!(page, "<tr><td>{what}<td>{lpt}<td>{eth}</tr>");
    }
    let _ = write!(
        page,
        "</table><p>{} pools keep {} LPT base units and {} wei after all claims: rounding. {} tickets failed and were redeemed; \
         {} expired and was sent again.</p>",
        report.dust.pools, report.dust.stake, report.dust.fees, report.redeemed, report.expired
    );
    if let Some(faults) = &report.faults {
        let _ = write!(page, "<p>{faults}.</p>");
    }
    page.push_str("<h2>What failed, and how it was mended</h2><table class=said><tr><th>ticket with<th>of<th>why<th>mended</tr>");
    for it in &report.repairs {
        let whose = it.account.map(|who| who.to_string()).unwrap_or_default();
        let _ = write!(
            page,
            "<tr><td>{}<td><code>{whose}</code><td>{}<td>{}</tr>",
            escaped(&it.what),
            escaped(&it.why),
            it.how
        );
    }
    page.push_str("</table>");
}

fn classes(page: &mut String, report: &Report) {
    page.push_str(
        "<h2>Who moved, and what it took each</h2><table><tr><th><th>accounts<th>LPT<th>ETH<th>L1 gas<th>L2 gas</tr>",
    );
    for it in &report.classes {
        let _ = write!(
            page,
            "<tr><td>{}<td>{}<td>{}<td>{}<td>{}<td>{}</tr>",
            it.class.name(),
            thousands(it.accounts),
            format_ether(it.lpt),
            format_ether(it.eth),
            thousands(it.each(it.gas_l1)),
            thousands(it.each(it.gas_l2))
        );
    }
    page.push_str("</table>");
}

fn course(report: &Report) -> Chart {
    let points = report.course.iter();
    let points: Vec<_> = points
        .map(|it| (it.ms as f64 / 1000.0, it.arrived as f64))
        .collect();
    let last = points.last().copied().unwrap_or_default();
    let (seconds, arrived) = (format!("{:.1} s", last.0), thousands(last.1 as u64));
    Chart::line(&points, &seconds, &arrived)
}

fn gas(report: &Report) -> Chart {
    let mut bars = Vec::new();
    for it in &report.classes {
        for (chain, gas, colour) in [("L1", it.gas_l1, FIRST), ("L2", it.gas_l2, SECOND)] {
            let gas = it.each(gas);
            bars.push(Bar {
                name: format!("{}: {chain}", it.class.name()),
                value: gas as f64,
                colour,
                said: thousands(gas),
            });
        }
    }
    Chart::bars(&bars)
}

fn stakes(report: &Report, shown: usize) -> Chart {
    let one = U256::from(10).pow(U256::from(18));
    let mut bars = Vec::new();
    for it in report.stakes.iter().take(shown) {
        let who = it.orchestrator.to_string();
        let short = format!("{}..{}", &who[..8], &who[38..]);
        for (chain, units, colour) in [("L1", it.before, FIRST), ("L2", it.after, SECOND)] {
            let lpt: u64 = (units / one).saturating_to();
            bars.push(Bar {
                name: format!("{short} on {chain}"),
                value: lpt as f64,
                colour,
                said: format!("{} LPT", thousands(lpt)),
            });
        }
    }
    Chart::bars(&bars)
}

fn phases(report: &Report) -> Chart {
    let bars: Vec<_> = report
        .phases
        .iter()
        .filter(|phase| phase.what != BUILDING)
        .map(|phase| {
            let seconds = phase.ms as f64 / 1000.0;
            Bar {
                name: phase.what.clone(),
                value: seconds,
                colour: FIRST,
                said: format!("{seconds:.2} s"),
            }
        })
        .collect();
    Chart::bars(&bars)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_contracts_say_is_text_and_no_markup() {
        assert_eq!(escaped("a<b> & c"), "a&lt;b&gt; &amp; c");
    }
}
