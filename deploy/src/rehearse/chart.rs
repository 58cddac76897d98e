//! Charts as pieces of SVG, drawn by hand so that a page needs nothing else.

use std::fmt::Write as _;

/// Width of every chart.
pub(super) const WIDTH: f64 = 900.0;
/// Of two bars that belong together.
pub(super) const FIRST: &str = "#4c78a8";
/// Of two bars that belong together.
pub(super) const SECOND: &str = "#72b7b2";
/// Height of a bar with its gap.
const BAR: f64 = 14.0;
/// Left of the bars, and right of them.
const LABEL: f64 = 330.0;
const SAID: f64 = 110.0;
/// Height of a line's chart, and of its labels.
const LINE: f64 = 180.0;
const AXIS: f64 = 20.0;

/// A bar: its name on the left, its value on the right.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) colour: &'static str,
    pub(super) said: String,
}

/// A chart with its height.
pub(super) struct Chart {
    pub(super) height: f64,
    pub(super) shapes: String,
}

impl Chart {
    /// Bars, one below the other.
    pub(super) fn bars(bars: &[Bar]) -> Self {
        let most = bars.iter().fold(0.0_f64, |most, bar| most.max(bar.value));
        let mut shapes = String::new();
        for (row, bar) in bars.iter().enumerate() {
            let y = row as f64 * BAR;
            let share = if most > 0.0 { bar.value / most } else { 0.0 };
            let long = share * (WIDTH - LABEL - SAID);
            let (right, end, base) = (LABEL - 6.0, LABEL + long + 4.0, y + BAR - 4.0);
            let thick = BAR - 3.0;
            let Bar {
                name, colour, said, ..
            } = bar;
            // writing to a String does not fail
            let _ = write!(
                shapes,
                "<text x='{right}' y='{base}' text-anchor='end'>{name}</text>\
                 <rect x='{LABEL}' y='{y}' width='{long:.1}' height='{thick}' fill='{colour}'/>\
                 <text x='{end:.1}' y='{base}'>{said}</text>"
            );
        }
        Self {
            height: bars.len() as f64 * BAR,
            shapes,
        }
    }

    /// A line through points, from nothing to the largest.
    pub(super) fn line(points: &[(f64, f64)], right: &str, top: &str) -> Self {
        let most = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(1.0_f64, f64::max);
        let (width, height) = (most(|it| it.0), most(|it| it.1));
        let mut path = String::new();
        for (x, y) in points {
            let (x, y) = (
                AXIS + x / width * (WIDTH - 2.0 * AXIS),
                LINE - AXIS - y / height * (LINE - 2.0 * AXIS),
            );
            let _ = write!(path, "{x:.1},{y:.1} ");
        }
        let (base, end) = (LINE - AXIS, WIDTH - AXIS);
        let shapes = format!(
            "<path d='M{AXIS} {AXIS}V{base}H{end}' fill='none' stroke='#8a97a5'/>\
             <polyline points='{path}' fill='none' stroke='{FIRST}' stroke-width='2'/>\
             <text x='{AXIS}' y='12'>{top}</text>\
             <text x='{end}' y='{LINE}' text-anchor='end'>{right}</text>"
        );
        Self {
            height: LINE + 4.0,
            shapes,
        }
    }

    /// As a picture of its own inside a page.
    pub(super) fn svg(&self) -> String {
        format!(
            "<svg viewBox='0 0 {WIDTH} {}' font-size='10'>{}</svg>",
            self.height, self.shapes
        )
    }
}
