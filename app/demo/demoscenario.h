// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demo.h"
#include "app/demo/demodata.h"
#include "core/workspace/workspace.h"

namespace countersign {

/// The acts of the demonstration, each by whom it belongs to, on the ninety days before its end. Throws Exception.
class DemoScenario
{
public:
    DemoScenario(Workspace &workspace, FixedClock &clock, const DemoData &data, const DemoStep &step,
                 const CancelToken &cancel);

    void enrolPeople();
    void importInventory();
    void registerModels();
    void validate();
    void monitor();
    void decideScope();
    void assessTiers();
    void raiseFindings();
    void explainBreaches();
    void requestAndSign();
    /// Usage counted in the log, what is kept beside the models, and an attestation campaign.
    void keepRegisters();
    void signInAuditor();

    [[nodiscard]] std::size_t runs() const { return m_runs.size(); }

private:
    /// Day 0 is ninety days before the end. Acts follow each other by some minutes.
    void onDay(int day);
    Workspace &as(const std::string &fullName);
    void say(const std::string &line) const;
    [[nodiscard]] Date dayFromEnd(int days) const;
    void raise(const DemoModel &demo, const std::string &title, const std::string &description, Severity severity,
               int dueInDays);
    void plan(const DemoModel &demo, const FindingId &finding);
    /// The finding that a red run opened by itself, once its breaches are explained.
    void closeDetected(const DemoModel &demo, const RunId &run);
    /// Each by whom it belongs to.
    void attach(const Model &model, const VersionId &version, const std::map<std::string, std::string> &documents);
    /// Runs the monitoring with the limits of the policy and records it for the version.
    void recordValidation(const Model &model, const VersionId &version, ValidationOutcome outcome,
                          const std::string &summary, const std::string &conditions);
    RunId recordRun(const Model &model, const VersionId &version, RunSettings settings);
    /// A second version beside one in production, with its own run; its promotion waits for an approver.
    void challenge();
    void challenge(const DemoModel &demo, const DemoChallenger &challenger);
    RequestId request(const std::string &reference, const std::string &justification);
    /// One signature of somebody who may give it in that role; in words for the step.
    void sign(const RequestId &request, Role role, Decision decision, const std::string &comment = {},
              const std::string &conditions = {});
    void approveByAll(const RequestId &request);
    void deploy(const RequestId &request);
    void recordBeside(const DemoModel &demo, const ModelId &model, const VersionId &version);
    void openAttestation();

    Workspace &m_workspace;
    FixedClock &m_clock;
    const DemoData &m_data;
    const DemoStep &m_step;
    CancelToken m_cancel;
    UtcTime m_end;
    std::map<std::string, ModelId> m_models; ///< by reference
    std::map<std::string, VersionId> m_versions;
    std::map<std::string, RunId> m_runs;
};

} // namespace countersign
