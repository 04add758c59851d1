// SPDX-License-Identifier: GPL-3.0-or-later
//
// What demo.json says, as values of the product.
#pragma once

#include "core/domain/model.h"
#include "core/domain/user.h"
#include "core/monitoring/run.h"
#include "core/policy/policypack.h"

namespace countersign {

struct DemoPerson
{
    std::string fullName;
    std::set<Role> roles;
};
BOOST_DESCRIBE_STRUCT(DemoPerson, (), (fullName, roles))

/// A version that is put forward over the one in production, run on the same log.
struct DemoChallenger
{
    ModelVersion version;
    RunSettings run;
    std::map<std::string, std::string> documents; ///< DocumentKind name to path
    std::string conditions;                       ///< of its validation
    std::string explanation;                      ///< of what its run shows
    std::string justification;
};

struct DemoModel
{
    Model model;
    ModelVersion version;
    RunSettings run;                              ///< thresholds are the policy's, set later
    std::map<std::string, std::string> documents; ///< DocumentKind name to path
    std::vector<TierAnswer> answers;
    std::string rationale;
    std::optional<DemoChallenger> challenger;
};

struct DemoData
{
    std::string organisation;
    std::vector<DemoPerson> people;
    std::string inventory; ///< path
    std::vector<DemoModel> models;

    /// The person with that full name, or in that role: the first.
    [[nodiscard]] const DemoPerson &with(Role role) const;
    [[nodiscard]] const DemoModel &modelCalled(const std::string &reference) const;
};

/// Throws NotFound, Io or InvalidInput.
[[nodiscard]] DemoData readDemoData(const std::string &folder);

} // namespace countersign
