//! Which tracer a client wants, and how it is set.

use serde_json::{Map, Value};

use crate::rpc::{
    overrides::{BlockArgs, StateArgs},
    read::{Read, Refused, field, object},
};

/// A tracer with its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Every EVM instruction.
    Steps(StepSettings),
    /// Frames as a tree.
    Call {
        /// The outermost frame alone.
        only_top_call: bool,
        /// With the logs of each frame.
        with_log: bool,
    },
    /// The state that was looked at.
    Prestate(PrestateSettings),
    /// Host calls of Stylus programs.
    Stylus,
}

/// What is written of each EVM instruction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StepSettings {
    pub(super) memory: bool,
    pub(super) no_stack: bool,
    pub(super) no_storage: bool,
    pub(super) return_data: bool,
    /// Instructions at most; 0 for all.
    pub(super) limit: usize,
}

/// What is written of each account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PrestateSettings {
    /// What changed, before and after, instead of all that was looked at.
    pub(super) diff: bool,
    pub(super) no_code: bool,
    pub(super) no_storage: bool,
}

/// The last parameter of the tracing methods.
#[derive(Clone, Debug)]
pub(super) struct TraceConfig {
    pub(super) choice: Choice,
    pub(super) state: StateArgs,
    pub(super) block: BlockArgs,
}

impl Default for TraceConfig {
    fn default() -> Self {
        Self {
            choice: Choice::Steps(StepSettings::default()),
            state: StateArgs::default(),
            block: BlockArgs::default(),
        }
    }
}

impl Read for TraceConfig {
    fn read(value: &Value) -> Result<Self, Refused> {
        const OWNER: &str = "TraceCallConfig";
        let fields = object(value, "tracers.TraceCallConfig")?;
        let none = Map::new();
        let settings = fields
            .get("tracerConfig")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let choice = match field::<String>(fields, OWNER, "tracer")? {
            None => Choice::Steps(StepSettings::read(fields)?),
            Some(name) => Choice::named(&name, settings)?,
        };
        Ok(Self {
            choice,
            state: field(fields, OWNER, "stateOverrides")?.unwrap_or_default(),
            block: field(fields, OWNER, "blockOverrides")?.unwrap_or_default(),
        })
    }
}

impl StepSettings {
    fn read(fields: &Map<String, Value>) -> Result<Self, Refused> {
        let flag = |name| field(fields, "TraceCallConfig", name).map(|set| set.unwrap_or(false));
        let limit = fields.get("limit").and_then(Value::as_u64).unwrap_or(0);
        Ok(Self {
            memory: flag("enableMemory")?,
            no_stack: flag("disableStack")?,
            no_storage: flag("disableStorage")?,
            return_data: flag("enableReturnData")?,
            limit: limit.try_into().unwrap_or(usize::MAX),
        })
    }
}

impl Choice {
    fn named(name: &str, settings: &Map<String, Value>) -> Result<Self, Refused> {
        let flag = |name| field(settings, "config", name).map(|set| set.unwrap_or(false));
        match name {
            "callTracer" => Ok(Self::Call {
                only_top_call: flag("onlyTopCall")?,
                with_log: flag("withLog")?,
            }),
            "prestateTracer" => Ok(Self::Prestate(PrestateSettings {
                diff: flag("diffMode")?,
                no_code: flag("disableCode")?,
                no_storage: flag("disableStorage")?,
            })),
            "stylusTracer" => Ok(Self::Stylus),
            // cargo-stylus sends a tracer in JavaScript that gives what the native one gives. This node has no JavaScript.
            script if script.contains("hostio") => Ok(Self::Stylus),
            _ => Err(Refused::text(
                "unknown tracer: this node has callTracer, prestateTracer, stylusTracer and the default",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tracer_is_chosen_by_name_and_cargo_stylus_by_its_script() {
        let choice = |config: Value| TraceConfig::read(&config).unwrap().choice;
        assert_eq!(choice(json!({"tracer": "stylusTracer"})), Choice::Stylus);
        assert_eq!(
            choice(json!({"tracer": "{ hostio: function(info) {} }"})),
            Choice::Stylus
        );
        assert_eq!(
            choice(json!({"tracer": "callTracer", "tracerConfig": {"withLog": true}})),
            Choice::Call {
                only_top_call: false,
                with_log: true
            }
        );
        let steps = StepSettings {
            memory: true,
            limit: 9,
            ..StepSettings::default()
        };
        assert_eq!(
            choice(json!({"enableMemory": true, "limit": 9})),
            Choice::Steps(steps)
        );
        assert!(TraceConfig::read(&json!({"tracer": "{ step: function() {} }"})).is_err());
    }
}
