// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the register shows by itself: issues without a finding. A finding that says that it was detected is judged by
// the same functions when it is appended and at every replay.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign {

/// An issue without a finding. Its finding has an id that follows from the cause, so that two desks open it once.
struct DetectedIssue
{
    IssueKind kind = IssueKind::redMonitoring;
    ModelId model;
    VersionId version; ///< may be none
    FindingId finding; ///< the id that its finding gets
    Severity severity = Severity::high;
    std::string title;
    std::string detail;
    RunId run = {};         ///< of red monitoring
    RequestId request = {}; ///< of an approval and its conditions
};

/// Which findings answer the breaches of a run: those that name it, and an open one that names another run of the same
/// version; and which run still asks for one. The register must outlive it.
class RunAnswers
{
public:
    explicit RunAnswers(const Registry &registry);
    /// One that is open before one that is closed. None: nobody has raised one.
    [[nodiscard]] const Finding *of(const MonitoringRun &run) const;
    /// Whether its breaches are neither explained nor answered by a finding.
    [[nodiscard]] bool isOpen(const MonitoringRun &run) const { return run.explanation.empty() && !of(run); }
    /// Those that name a run of the version.
    [[nodiscard]] const std::vector<const Finding *> &naming(const VersionId &version) const;
    /// The run of the version that asks for an answer, or had one last: the newest with breaches, or an earlier one
    /// with a red breach that nobody has answered and no red one followed. A run without breaches answers none before
    /// it, and one of amber breaches no red one. Null: no run has breaches.
    [[nodiscard]] const MonitoringRun *breached(const VersionId &version) const;

private:
    std::map<VersionId, std::vector<const Finding *>> m_findings;
    std::map<VersionId, const MonitoringRun *> m_breaches; ///< the newest with any
    std::map<VersionId, const MonitoringRun *> m_reds;     ///< the newest with a red one
};

/// The finding that an issue becomes: owned by the model's owner, due as the pack says.
[[nodiscard]] Finding findingFor(const DetectedIssue &issue, const PolicyPack &pack, const Registry &registry,
                                 Date today);

/// In the order of the models. Counted are: the run of a version in use that asks for an answer (RunAnswers::breached),
/// where a breach of it is red and it is not explained (of a model registered in use, of any version that is not
/// retired, while none is in production); a version in production that the tier wants validated and that
/// is not; a model in scope that was registered in use and has no version in production when the policy's term is over;
/// a version in production whose newest approval has expired; a condition of that approval or of its last validation
/// that somebody owes past its day; uses that the model's "actual use" lists (one a line, or separated by semicolons)
/// and its "approved uses" do not; approved exceptions and open overlays past their day; open assumptions whose last
/// value is out of range; services that fail or are idle (serviceHealth). Retired models are left out. While a finding
/// of the same cause is open, nothing is detected. After it was closed the cause is detected again when its evidence is
/// of a later entry than the closure (a later red run, a later value of the assumption, another edit of the uses, a
/// later verdict "not fit", a later report on the service), or when it still stands PolicyPack::detectAgainDays after;
/// red monitoring that a run without breaches followed does not stand. An overlay renewed that expires again, and a new
/// exception, are other causes.
[[nodiscard]] std::vector<DetectedIssue> detectedIssues(const PolicyPack &pack, const Registry &registry, Date today);

/// Why findings of `act` do not say rightly whether the program detected them, or nothing: one that says so is one of
/// detectedIssues() word for word and stands with its like alone in its entry; no other has such an id.
[[nodiscard]] std::optional<std::string> whyNotDetected(const PolicyPack &pack, const Registry &registry,
                                                        const Act &act);

} // namespace countersign
