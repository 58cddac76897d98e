//! Charts of the report, as SVG.
//! Always holds: a missing week is a gap, never bridged; on Arbitrum a dotted stretch is a model and a solid one stands on the
//! documented minimum; colours are told apart by the colour-blind, and lines also by their names at the side.

use plotters::{coord::ranged1d::Ranged, prelude::*, series::DashedLineSeries};

use super::{
    CostError,
    charge::Place,
    prices::Basis,
    report::{Past, Report},
    worth::SPOKEN_OF,
};

const SIZE: (u32, u32) = (900, 460);
const FONT: &str = "sans-serif";
/// Okabe and Ito's orange, blue and green.
const COLOURS: [RGBColor; 3] = [
    RGBColor(213, 94, 0),
    RGBColor(0, 114, 178),
    RGBColor(0, 158, 115),
];

/// Points of a line without a gap between them, and whether they rest on a model.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    model: bool,
    points: Vec<(f64, f64)>,
}

/// What an operation cost on each place, week by week.
pub(super) fn over_time(
    report: &Report,
    chart: &'static str,
    id: &'static str,
) -> Result<String, CostError> {
    let Some(index) = report.place_of(id) else {
        return Err(CostError::NoReference(id.to_owned()));
    };
    let what = report.operations[index].operation.what;
    let lines = Place::ALL.map(|place| runs(&report.weeks, index, place));
    let points = || {
        lines
            .iter()
            .flatten()
            .flat_map(|run| run.points.iter().copied())
    };
    let days = bounds(points().map(|(day, _)| day));
    let (low, high) = bounds(points().map(|(_, usd)| usd));
    let caption = format!(
        "Cost of one \"{what}\" in US dollars by week (L2 dotted: gas price a model, solid: its minimum)"
    );

    let mut svg = String::new();
    let draw = || -> Result<(), Box<dyn std::error::Error + '_>> {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        area.fill(&WHITE)?;
        let mut builder = ChartBuilder::on(&area);
        builder
            .caption(caption, (FONT, 17))
            .margin(12)
            .margin_right(28)
            .x_label_area_size(28)
            .y_label_area_size(64);
        let mut axes =
            builder.build_cartesian_2d(days.0..days.1, (low / 2.0..high * 2.0).log_scale())?;
        axes.configure_mesh()
            .x_labels(12)
            .x_label_formatter(&|day| month(*day))
            .y_label_formatter(&|usd| format!("${usd}"))
            .light_line_style(WHITE)
            .draw()?;
        for ((place, colour), line) in Place::ALL.iter().zip(COLOURS).zip(&lines) {
            if line.is_empty() {
                continue;
            }
            for run in line {
                draw_run(&mut axes, run, colour)?;
            }
            legend(&mut axes, place.head(), colour, days.0, low)?;
        }
        axes.configure_series_labels()
            .background_style(WHITE.mix(0.9))
            .border_style(BLACK.mix(0.3))
            .position(SeriesLabelPosition::LowerLeft)
            .draw()?;
        area.present()?;
        Ok(())
    };
    drawn(chart, draw)?;
    Ok(svg)
}

/// How many delegators have less than a claim costs, by LPT's price.
pub(super) fn break_even(report: &Report, chart: &'static str) -> Result<String, CostError> {
    const PRICES: (f64, f64) = (0.1, 100.0);
    let eth_usd = report.rates.eth_usd.value();
    let most = report.break_even.delegators as f64;
    let caption = format!(
        "Delegators with less than it costs to move, by LPT's price, week of {} ({} with stake or fees)",
        report.week, report.break_even.delegators
    );
    let colours = [COLOURS[0], RGBColor(230, 159, 0), COLOURS[1], COLOURS[2]];

    let mut svg = String::new();
    let draw = || -> Result<(), Box<dyn std::error::Error + '_>> {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        area.fill(&WHITE)?;
        let mut builder = ChartBuilder::on(&area);
        builder
            .caption(caption, (FONT, 17))
            .margin(12)
            .margin_right(28)
            .x_label_area_size(40)
            .y_label_area_size(64);
        let mut axes = builder.build_cartesian_2d((PRICES.0..PRICES.1).log_scale(), 0.0..most)?;
        axes.configure_mesh()
            .x_desc("US dollars for an LPT")
            .x_label_formatter(&|usd| format!("${usd}"))
            .y_label_formatter(&|count| format!("{count:.0}"))
            .light_line_style(WHITE)
            .draw()?;
        for (way, colour) in report.break_even.ways.iter().zip(colours) {
            let Some((cost, eth)) = way.cost_usd.zip(eth_usd) else {
                continue;
            };
            let prices = (0..=120_u32).map(|step| PRICES.0 * 10_f64.powf(f64::from(step) / 40.0));
            let points =
                prices.map(|price| (price, report.delegators.below(cost, price, eth) as f64));
            axes.draw_series(LineSeries::new(points, colour.stroke_width(2)))?;
            legend(&mut axes, way.what, colour, PRICES.0, 0.0)?;
        }
        let spoken_of = [(PRICES.0, SPOKEN_OF as f64), (PRICES.1, SPOKEN_OF as f64)];
        axes.draw_series(LineSeries::new(spoken_of, BLACK.mix(0.4)))?;
        legend(
            &mut axes,
            "2,000 delegators",
            RGBColor(150, 150, 150),
            PRICES.0,
            0.0,
        )?;
        axes.configure_series_labels()
            .background_style(WHITE.mix(0.9))
            .border_style(BLACK.mix(0.3))
            .position(SeriesLabelPosition::UpperRight)
            .draw()?;
        area.present()?;
        Ok(())
    };
    drawn(chart, draw)?;
    Ok(svg)
}

fn drawn<'e>(
    chart: &'static str,
    draw: impl FnOnce() -> Result<(), Box<dyn std::error::Error + 'e>>,
) -> Result<(), CostError> {
    draw().map_err(|error| CostError::Chart {
        chart,
        why: error.to_string(),
    })
}

type Axes<'a, 'b, X, Y> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<X, Y>>;
type Drawn<'b> = Result<(), DrawingAreaErrorKind<<SVGBackend<'b> as DrawingBackend>::ErrorType>>;

fn draw_run<'b, X, Y>(axes: &mut Axes<'_, 'b, X, Y>, run: &Run, colour: RGBColor) -> Drawn<'b>
where
    X: Ranged<ValueType = f64>,
    Y: Ranged<ValueType = f64>,
{
    let style = colour.stroke_width(2);
    if run.model {
        axes.draw_series(DashedLineSeries::new(
            run.points.iter().copied(),
            2,
            4,
            style,
        ))?;
    } else {
        axes.draw_series(LineSeries::new(run.points.iter().copied(), style))?;
    }
    Ok(())
}

/// A name beside a colour, drawn with a line of no length.
fn legend<'b, X, Y>(
    axes: &mut Axes<'_, 'b, X, Y>,
    name: &str,
    colour: RGBColor,
    x: f64,
    y: f64,
) -> Drawn<'b>
where
    X: Ranged<ValueType = f64>,
    Y: Ranged<ValueType = f64>,
{
    let nothing = LineSeries::new([(x, y)], colour);
    axes.draw_series(nothing)?
        .label(name)
        .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
    Ok(())
}

/// A place's line, cut where weeks are missing and where a model begins or ends.
fn runs(weeks: &[Past], index: usize, place: Place) -> Vec<Run> {
    let of_place = |week: &Past| week.usd.get(index).and_then(|usd| usd[place as usize]);
    let model = |week: &Past| place != Place::L1 && week.rates.l2_gas_wei.basis() == Basis::Model;
    let mut runs = Vec::new();
    for same in weeks
        .chunk_by(|a, b| of_place(a).is_some() == of_place(b).is_some() && model(a) == model(b))
    {
        let points = same
            .iter()
            .filter_map(|week| Some((week.monday.days() as f64, of_place(week)?)));
        let points: Vec<_> = points.collect();
        if !points.is_empty() {
            let model = same.first().is_some_and(model);
            runs.push(Run { model, points });
        }
    }
    runs
}

/// The least and the most of some figures; 1 to 2 of none.
fn bounds(figures: impl Iterator<Item = f64>) -> (f64, f64) {
    let both = figures.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), figure| {
        (low.min(figure), high.max(figure))
    });
    if both.0 < both.1 { both } else { (1.0, 2.0) }
}

/// Year and month of a day since 1970.
fn month(day: f64) -> String {
    // months are 30.44 days: near enough for a label, which is drawn at a round number of days
    let months = (day / 365.25 * 12.0).floor();
    let (year, month) = (
        1970.0 + (months / 12.0).floor(),
        months.rem_euclid(12.0) + 1.0,
    );
    format!("{year:.0}-{month:02.0}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cost::{Date, operations::REWARD, page::example};

    fn cut(report: &Report, place: Place) -> Vec<(bool, usize)> {
        let runs = runs(&report.weeks, 0, place);
        runs.iter()
            .map(|run| (run.model, run.points.len()))
            .collect()
    }

    #[test]
    fn lines_end_where_prices_do_and_models_are_apart() {
        let report = example(None);
        // up to the week of 2026-06-01
        assert_eq!(cut(&report, Place::L1), [(false, 262)]);
        // Classic; then floors up to the last week with a blob fee
        assert_eq!(cut(&report, Place::Solidity), [(true, 65), (false, 181)]);
        assert_eq!(cut(&report, Place::Ours), []);
    }

    #[test]
    fn charts_name_their_lines_and_say_what_is_a_model() {
        let report = example(None);
        let svg = over_time(&report, "a chart", REWARD).expect("drawn");
        for text in [
            "L1 then",
            "L2 Solidity",
            "dotted: gas price a model",
            "</svg>",
        ] {
            assert!(svg.contains(text), "{text}");
        }
        assert!(!svg.contains("L2 ours"), "nothing of ours was measured");
        let svg = break_even(&report, "a chart").expect("drawn");
        assert!(svg.contains("L1: unbond all, withdraw") && svg.contains("2,000 delegators"));
    }

    #[test]
    fn labels_are_years_and_months() {
        let day = |text: &str| text.parse::<Date>().expect("a date").days() as f64;
        assert_eq!(month(day("2022-02-14")), "2022-02");
        assert_eq!(month(day("2024-12-15")), "2024-12");
    }
}
