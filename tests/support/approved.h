// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/workspacefixture.h"

namespace countersign::test {

/// Approves a request by every signature that it still needs: the validator's, then as many approvers as it asks for.
inline void approveAll(WorkspaceFixture &fixture, const RequestId &request)
{
    bool second = false;
    for (const auto &needed : outstanding(fixture.registry().requests.at(request)))
        for (std::int64_t i = 0; i < needed.count; ++i) {
            if (needed.role == Role::validator) {
                fixture.sign(people::validator, needed.role, request);
                continue;
            }
            fixture.sign(second ? people::approver2 : people::approver, needed.role, request);
            second = true;
        }
}

/// A version with all that a deployment asks for, approved and in production.
inline VersionId addInProduction(WorkspaceFixture &fixture, const ModelId &model, const std::string &label)
{
    const auto version = fixture.addReadyVersion(model, label);
    const auto request = fixture.addRequest(version);
    approveAll(fixture, request);
    fixture.deploy(request);
    return version;
}

} // namespace countersign::test
