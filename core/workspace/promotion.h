// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "core/monitoring/contrast.h"

namespace countersign {

/// One side of a promotion as a person chooses it: a recorded run, and one of its periods or (nothing) its reference.
struct PromotionChoice
{
    RunId run;
    std::optional<std::size_t> period;
};

/// The figures of a promotion by key: discrimination, calibration or error, drift against the own reference. Those that
/// both sides have are compared.
[[nodiscard]] std::vector<std::string> promotionFigureNames();

/// What a request to promote the challenger carries. Throws NotFound for runs that the register does not have,
/// InvalidInput for periods that a run does not have.
[[nodiscard]] Promotion promotionOf(const Registry &registry, const RunId &championRun, const ContrastSide &champion,
                                    const RunId &challengerRun, const ContrastSide &challenger);

/// The period of `run` that `side` names; nothing for its reference. Throws Corrupt when the run does not have it.
[[nodiscard]] std::optional<std::size_t> periodOf(const RunResult &run, const PromotionSide &side);

} // namespace countersign
