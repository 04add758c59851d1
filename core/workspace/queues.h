// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lists of the Home page, as pure functions of the register.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/rules.h"

namespace countersign {

enum class TaskKind { signRequest, confirmOverride, assessTier, explainBreach, closeFinding };
BOOST_DESCRIBE_ENUM(TaskKind, signRequest, confirmOverride, assessTier, explainBreach, closeFinding)

/// Something that waits for one person.
struct WaitingTask
{
    TaskKind kind = TaskKind::signRequest;
    ModelId model;
    std::string modelName;
    std::string id; ///< of the request, assessment, run or finding
    std::string title;
    UtcTime since{};
};

struct DriftAlert
{
    ModelId model;
    std::string modelName;
    RunId run;
    Health health = Health::amber;
    Breach worst;
    std::int64_t breaches = 0;
    bool explained = false;
};

enum class OverdueKind { review, finding, condition };
BOOST_DESCRIBE_ENUM(OverdueKind, review, finding, condition)

struct OverdueItem
{
    OverdueKind kind = OverdueKind::review;
    ModelId model;
    std::string modelName;
    std::string id;
    std::string title;
    Date due{};
    std::int64_t days = 0;
};

[[nodiscard]] std::vector<WaitingTask> waitingFor(const PolicyPack &pack, const Registry &registry, const User &user);
/// Red before amber, unexplained before explained, then by model name. Only the latest run of each version counts.
[[nodiscard]] std::vector<DriftAlert> driftAlerts(const Registry &registry);
/// Longest overdue first.
[[nodiscard]] std::vector<OverdueItem> overdue(const Registry &registry, Date today);

} // namespace countersign
