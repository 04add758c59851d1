// SPDX-License-Identifier: GPL-3.0-or-later
//
// The requests of the demonstration: one approved, one approved with conditions, one refused, a promotion and
// a deployment still open.
#include "app/demo/demoscenario.h"

#include "core/workspace/must.h"

namespace countersign {

RequestId DemoScenario::request(const std::string &reference, const std::string &justification)
{
    const DemoModel &demo = m_data.modelCalled(reference);
    const RequestId id = must(as(demo.model.developer).requestDeployment(m_versions.at(reference), justification));
    const Brief brief = must(m_workspace.brief(id));
    std::string line = "Requested " + reference + ", version " + demo.version.label + ":";
    for (const Check &check : brief.checks)
        line += " " + check.id + " " + (check.state == CheckState::failed ? "FAILED" : "holds") + ",";
    for (const RequiredSignature &required : brief.outstanding)
        line += " " + std::to_string(required.count) + " " + displayName(required.role) + ",";
    line.back() = ' ';
    say(line + "to sign");
    return id;
}

void DemoScenario::sign(const RequestId &id, Role role, Decision decision, const std::string &comment,
                        const std::string &conditions)
{
    const PolicyPack &pack = m_workspace.policy();
    for (const DemoPerson &person : m_data.people) {
        const User *user = m_workspace.registry().userByName(person.fullName);
        const DeploymentRequest &request = m_workspace.registry().requests.at(id);
        const auto roles = rolesToSign(pack, m_workspace.registry(), request, *user, nullptr);
        if (std::find(roles.begin(), roles.end(), role) == roles.end())
            continue;
        SignOffInput input;
        input.role = role;
        input.decision = decision;
        input.comment = comment;
        input.conditions = conditions;
        if (decision == Decision::approveWithConditions)
            input.expiresOn = dayFromEnd(180);
        input.passphrase = kDemoPassphrase;
        as(person.fullName);
        input.shown = must(m_workspace.brief(id)).covered;
        must(m_workspace.sign(id, input));
        say("  " + displayName(decision) + ": " + person.fullName + " as " + displayName(role) + ", over " +
            std::to_string(input.shown.size()) + " digests; request " +
            displayName(m_workspace.registry().requests.at(id).status));
        return;
    }
    throw Exception(ErrorCode::InvalidInput, "demo.json names nobody who may sign as " + displayName(role) + ".");
}

void DemoScenario::approveByAll(const RequestId &id)
{
    while (m_workspace.registry().requests.at(id).status == RequestStatus::open)
        sign(id, outstanding(m_workspace.registry().requests.at(id)).front().role, Decision::approve);
}

void DemoScenario::deploy(const RequestId &id)
{
    const DeploymentRequest &request = m_workspace.registry().requests.at(id);
    const Model &model = m_workspace.registry().models.at(request.model);
    must(as(model.developer).deploy(id));
    say("  put into production by " + model.developer);
}

void DemoScenario::requestAndSign()
{
    onDay(60);
    const RequestId plain = request("EB-0004", "In use since 2010; brought under the policy of today.");
    approveByAll(plain);
    deploy(plain);

    onDay(65);
    const RequestId conditional = request("EB-0003", "Simulated; shows an approval that expires.");
    bool first = true;
    while (m_workspace.registry().requests.at(conditional).status == RequestStatus::open) {
        const Role role = outstanding(m_workspace.registry().requests.at(conditional)).back().role;
        if (first && role == Role::approver)
            sign(conditional, role, Decision::approveWithConditions,
                 "The score no longer ranks as it did in 2019; acceptable while a refit is under way.",
                 "Refit on the calls since 2020-10 and monitor every month until then.");
        else
            sign(conditional, role, Decision::approve);
        first = false;
    }
    deploy(conditional);

    onDay(70);
    const RequestId refused = request("EB-0002", "Price 60-month loans with the same model.");
    sign(refused, Role::approver, Decision::refuse,
         "Neither made nor validated for 60-month loans: it overstates their risk by 45%. Build a model for them.");

    challenge();

    onDay(85);
    const RequestId open = request("EB-0001", "First deployment of the instalment loan scorecard.");
    if (outstanding(m_workspace.registry().requests.at(open)).size() > 1)
        sign(open, Role::validator, Decision::approve);
    say("  still open: waits for an approver");
}

} // namespace countersign
