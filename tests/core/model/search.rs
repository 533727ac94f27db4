//! Breadth-first search through every state a model can reach.

use std::collections::{HashSet, VecDeque};
use std::fmt::Debug;
use std::hash::Hash;

/// Something with states, steps between them, and steps that must not happen.
pub(crate) trait Model {
    type State: Clone + Eq + Hash;
    type Step: Copy + Debug;

    fn start(&self) -> Self::State;

    /// Lists the possible steps. A step that breaks a promise has the name of the promise in place of a state.
    fn steps(&self, state: &Self::State) -> Vec<Attempt<Self>>;
}

/// A step, and where it leads.
pub(crate) type Attempt<M> = (<M as Model>::Step, Result<<M as Model>::State, String>);

/// The result of a search.
#[derive(Debug)]
pub(crate) struct Found {
    /// The number of different states visited.
    pub(crate) states: usize,
    /// The promise that was broken first, and the shortest way there.
    pub(crate) violation: Option<String>,
}

/// Visits every state, or stops at the first violation; breadth first, so that the way there is a shortest one.
pub(crate) fn explore<M: Model>(model: &M) -> Found {
    let mut seen = HashSet::from([model.start()]);
    let mut came_by: Vec<(usize, Option<M::Step>)> = vec![(0, None)];
    let mut queue = VecDeque::from([(model.start(), 0)]);
    while let Some((state, index)) = queue.pop_front() {
        for (step, next) in model.steps(&state) {
            match next {
                Ok(next) if seen.insert(next.clone()) => {
                    queue.push_back((next, came_by.len()));
                    came_by.push((index, Some(step)));
                }
                Ok(_) => {}
                Err(broken) => {
                    let violation = format!("{broken}: {:?} then {step:?}", way_to(&came_by, index));
                    return Found { states: seen.len(), violation: Some(violation) };
                }
            }
        }
    }
    Found { states: seen.len(), violation: None }
}

fn way_to<S: Copy>(came_by: &[(usize, Option<S>)], mut index: usize) -> Vec<S> {
    let mut way = Vec::new();
    while let (parent, Some(step)) = came_by[index] {
        way.push(step);
        index = parent;
    }
    way.reverse();
    way
}
