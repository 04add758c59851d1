// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only door of the window and of the command line. Every act is checked against the policy, signed, appended and
// applied, or has no effect at all. Not thread-safe: one Workspace per thread (a job opens its own).
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/registry.h"
#include "core/monitoring/run.h"
#include "core/policy/detected.h"
#include "core/policy/rules.h"
#include "core/policy/simulation.h"
#include "core/workspace/brief.h"
#include "core/workspace/handedin.h"
#include "core/workspace/promotion.h"
#include "core/workspace/verify.h"

#include <functional>
#include <memory>
#include <string>

namespace countersign {

/// What a workspace needs from outside. The references must outlive it.
struct Environment
{
    const Clock &clock;
    IdSource &ids;
    std::string keystoreFolder;     ///< empty: the user's own
    std::string cacheFolder;        ///< empty: the user's own
    bool weakKeyDerivation = false; ///< tests and the demo: keys derived in a millisecond
    /// Makes the seed of a new key from its holder's name: for the demo, so that it is the same every time. Empty:
    /// the system's random source, as it must be everywhere else.
    std::function<Hash256(std::string_view holder)> keySeed = {};
};

struct NewWorkspace
{
    std::string organisation;
    std::string fullName; ///< the first user
    std::set<Role> roles; ///< `administrator` is added: the first user must be able to enrol others
    std::string passphrase;
    std::string policyText; ///< empty: the pack built into the product
};

struct RecordableRun;
struct StoredRun;

/// What the workspace did by itself in the name of the signed-in person.
struct FollowUp
{
    std::vector<FindingId> findings;       ///< opened on detectedIssues()
    std::vector<RetrainingId> retrainings; ///< asked for: retrainingsDue()

    [[nodiscard]] bool empty() const { return findings.empty() && retrainings.empty(); }
};

/// What changed since the last notice, by this window or another program.
struct ChangeNotice
{
    std::set<ModelId> models;
    bool byOthers = false;
    FollowUp followUp = {}; ///< what the workspace did by itself after an act
};

/// The same field changed by two people.
struct FieldConflict
{
    std::string field;
    std::string base;
    std::string mine;
    std::string theirs;
};

class Workspace
{
public:
    /// Makes a new file with its first user and key. Refuses an existing path.
    static Result<std::unique_ptr<Workspace>> create(const Environment &environment, const std::string &path,
                                                     const NewWorkspace &spec);
    /// Opens and verifies. `readOnly` never writes, not even a journal: for auditors and read-only media.
    /// A file whose log does not verify opens all the same, read-only, with its faults in verification().
    static Result<std::unique_ptr<Workspace>> open(const Environment &environment, const std::string &path,
                                                   bool readOnly = false, const CancelToken &cancel = {},
                                                   const Progress &progress = {});
    ~Workspace();
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;

    // State
    [[nodiscard]] const Registry &registry() const;
    [[nodiscard]] const PolicyPack &policy() const;
    [[nodiscard]] const std::string &path() const;
    [[nodiscard]] const std::string &origin() const; ///< the log's identity, 26 characters
    [[nodiscard]] bool readOnly() const;
    [[nodiscard]] const VerificationReport &verification() const; ///< of what this desk has seen so far
    [[nodiscard]] const Environment &environment() const;
    [[nodiscard]] Date today() const;
    /// RunOptions::cacheFolder of this user.
    [[nodiscard]] std::string logCacheFolder() const;
    /// Takes in what others appended; true when something changed. Cheap when nothing did: call it every second.
    Result<bool> refresh();
    /// Called after every committed act and after a refresh that brought something.
    void onChange(std::function<void(const ChangeNotice &)> listener);
    /// Asked before an entry is signed whose time is unusual for this file (unusualTime), with the question in words;
    /// on "no" nothing is signed and the act is Cancelled. A clock that is behind is asked about once. Without it,
    /// signed.
    void onUnusualTime(std::function<bool(const std::string &question)> ask);
    /// The register as it stood at the end of `day`, UTC.
    [[nodiscard]] Result<Registry> asOf(Date day) const;

    // Sitting
    [[nodiscard]] std::vector<User> usersWithKeyHere() const;
    Result<void> signIn(const UserId &user, const std::string &passphrase);
    void signOut();
    [[nodiscard]] const User *user() const; ///< none: nobody is signed in
    /// Why nothing is written here, whoever asks: the log is broken, the file is read-only, or nobody is signed in.
    [[nodiscard]] std::optional<std::string> whyNothingWritten() const;
    /// Why the signed-in user may not do this kind of thing, or nothing; for greying out with a reason.
    [[nodiscard]] std::optional<std::string> whyNot(std::string_view factName) const;

    // People
    /// Makes a key in this desk's keystore and enrols its holder.
    Result<UserId> enrolUser(const std::string &fullName, const std::set<Role> &roles, const std::string &passphrase);
    Result<void> changeUser(const User &user);

    // Inventory
    Result<ModelId> registerModel(Model model);
    /// One entry for them all. `provenance` says where each came from (file and row), same length.
    Result<std::vector<ModelId>> registerModels(std::vector<Model> models, const std::vector<std::string> &provenance);
    Result<void> editModel(const Model &model, const std::string &reason);
    Result<void> retireModel(const ModelId &model, const std::string &reason, Date on);
    /// Compares what the editor started from and made of it with what the register says now.
    [[nodiscard]] std::vector<FieldConflict> conflicts(const Model &base, const Model &mine) const;
    Result<VersionId> registerVersion(ModelVersion version);
    Result<void> editVersion(const ModelVersion &version);
    Result<DocumentId> attachDocument(const VersionId &version, DocumentKind kind, const std::string &fileName,
                                      const std::string &bytes);
    [[nodiscard]] Result<std::string> documentBytes(const DocumentId &document) const;
    /// With the outline, conditions by day and the next review; id and author are set here, and where no next review is
    /// given the one that the policy asks for by the tier (PolicyPack::reviewDueOn).
    Result<ValidationId> recordValidation(const Validation &validation);
    Result<void> meetCondition(const ValidationId &validation, std::size_t condition, const std::string &evidence);
    Result<FindingId> raiseFinding(Finding finding);
    Result<void> closeFinding(const FindingId &finding, const std::string &evidence);
    /// Sets the remediation plan of an open finding, or revises it with a reason; text, owner, target and reason count.
    Result<void> planRemediation(const FindingId &finding, const RemediationPlan &plan);
    /// Words, files, or both that show what was done.
    Result<void> addEvidence(const FindingId &finding, const std::string &text, const std::vector<NamedBytes> &files);
    /// The same of a record beside a model.
    Result<void> addEvidence(RecordKind kind, const std::string &id, const std::string &text,
                             const std::vector<NamedBytes> &files);
    [[nodiscard]] Result<std::string> evidenceBytes(const EvidenceFile &file) const;

    // Monitoring
    Result<RunId> recordRun(const VersionId &version, const RunResult &result);
    /// The same of a result that was made ready on another thread.
    Result<RunId> recordRun(const VersionId &version, const RecordableRun &run);
    [[nodiscard]] Result<RunResult> runResult(const RunId &run) const;
    /// As the file has it, for readStoredRun() on another thread.
    [[nodiscard]] Result<StoredRun> storedRun(const RunId &run) const;
    /// The newest run of the version, for recordableRun() on another thread; without id where it has none.
    [[nodiscard]] Result<StoredRun> runBefore(const VersionId &version) const;
    Result<void> explainRun(const RunId &run, const std::string &explanation);

    // Scope and tier
    /// Answers to the questions of the policy in force, in the order asked, until they lead to an outcome.
    Result<void> decideScope(const ModelId &model, const std::vector<bool> &answers, const std::string &reason);
    Result<AssessmentId> publishTier(const ModelId &model, const std::vector<TierAnswer> &answers,
                                     const std::string &rationale, const std::optional<TierOverride> &override);
    Result<void> confirmOverride(const AssessmentId &assessment, const std::string &comment);

    // Policy
    /// What the draft would do to the inventory. A draft with faults is InvalidInput naming the first with its line;
    /// checkPolicyText names them all.
    [[nodiscard]] Result<Simulation> simulatePolicy(const std::string &text) const;
    /// Puts the draft in force by a signed entry. `basedOn` is the digest of the policy it was made from: when another
    /// is in force by now, the draft is stale and a Conflict. Refused while an approval could be given by nobody.
    /// Registry::policies keeps every version.
    Result<void> publishPolicy(const std::string &text, const Hash256 &basedOn);
    /// Puts the draft forward where the policy in force asks signatures for a change of policy; as publishPolicy, it is
    /// refused when the draft is not sound or was begun from another policy.
    Result<ProposalId> proposePolicy(const std::string &text, const Hash256 &basedOn, const std::string &reason);
    Result<void> signProposal(const ProposalId &id, Role role, bool approve, const std::string &comment,
                              const std::string &passphrase);
    Result<void> withdrawProposal(const ProposalId &id, const std::string &reason);
    /// As abstain(), from a proposal.
    Result<void> abstain(const ProposalId &id, const std::string &reason);

    // Sign-off
    Result<RequestId> requestDeployment(const VersionId &version, const std::string &justification);
    /// The figures of champion and challenger that requestPromotion() would record.
    [[nodiscard]] Result<Promotion> comparePromotion(const PromotionChoice &champion,
                                                     const PromotionChoice &challenger) const;
    /// A deployment request for the challenger that carries how it compares with the version in production.
    Result<RequestId> requestPromotion(const PromotionChoice &champion, const PromotionChoice &challenger,
                                       const std::string &justification);
    /// Whether the figures that the request carries come out the same from the counts of the recorded runs.
    [[nodiscard]] Result<bool> recomputesPromotion(const RequestId &request) const;
    /// Everything a signer must see, with the digests that the signature will cover.
    [[nodiscard]] Result<Brief> brief(const RequestId &request) const;
    Result<void> sign(const RequestId &request, const SignOffInput &input);
    Result<void> meetCondition(const RequestId &request, std::size_t signOff, std::size_t condition,
                               const std::string &evidence);
    /// Puts the approved version of the request into production, where the policy makes that an act of its own.
    Result<void> deploy(const RequestId &request);
    Result<void> withdrawRequest(const RequestId &request, const std::string &reason);
    /// A conflict of interest: the signed-in user will not sign this request, and nothing is asked for less because of
    /// it.
    Result<void> abstain(const RequestId &request, const std::string &reason);
    Result<void> abstain(const ExceptionId &exception, const std::string &reason);
    Result<DelegationId> delegate(const Delegation &delegation);
    Result<void> endDelegation(const DelegationId &delegation, const std::string &reason);
    /// The receipt of a signature: text with the covered digests, entry, log head and checkpoint.
    [[nodiscard]] Result<std::string> receipt(const RequestId &request, std::size_t signOff) const;

    // What is kept beside a model: ids, signatures and status are set here
    Result<ExceptionId> requestException(const PolicyException &exception);
    Result<void> signException(const ExceptionId &exception, Role role, bool approve, const std::string &comment,
                               const std::string &passphrase);
    Result<void> closeException(const ExceptionId &exception, const std::string &reason);
    Result<LimitationId> recordLimitation(const Limitation &limitation);
    Result<void> changeLimitation(const Limitation &limitation);
    Result<OverlayId> recordOverlay(const Overlay &overlay);
    Result<void> changeOverlay(const Overlay &overlay);
    Result<IncidentId> recordIncident(const Incident &incident);
    Result<void> changeIncident(const Incident &incident);
    Result<AssumptionId> recordAssumption(const Assumption &assumption);
    Result<void> changeAssumption(const Assumption &assumption);
    /// Opens a finding for every issue of detectedIssues() (core/policy/detected.h), in one entry signed by the
    /// signed-in user and marked as detected, and asks for the retrainings that are due, in another. Each where the
    /// user may; nothing while nobody is signed in. The workspace does this by itself after every act
    /// (ChangeNotice::followUp), where a failure leaves the issues listed for the next time; call it when somebody has
    /// signed in, and when a day has passed.
    Result<FollowUp> followUp();

    // A model at work: ids and authors are set here
    Result<UsageId> recordUsage(const UsageReport &usage);
    /// One entry for them all.
    Result<std::vector<UsageId>> recordUsages(const std::vector<UsageReport> &usages);
    Result<void> changeUsage(const UsageReport &usage);
    Result<CostEstimateId> recordCost(const CostEstimate &cost);
    Result<void> changeCost(const CostEstimate &cost);
    Result<RetrainingId> recordRetraining(const RetrainingPolicy &policy);
    Result<void> changeRetraining(const RetrainingPolicy &policy);
    /// Asks for a retraining: by the policy's trigger, or for a reason of one's own (no run).
    Result<void> requestRetraining(const RetrainingId &policy, const RunId &run, const std::string &why);
    /// Registers the version that came of the pending request, in the same entry that says so.
    Result<VersionId> completeRetraining(const RetrainingId &policy, ModelVersion version);
    Result<HandOverId> recordHandOver(const HandOver &handOver);
    Result<void> changeHandOver(const HandOver &handOver);
    Result<ExplanationId> recordExplanation(const Explanation &explanation);
    Result<void> changeExplanation(const Explanation &explanation);

    // Attestation campaigns
    /// Asks the models that its scope names and that are models under the policy, as they stand now; id and snapshot
    /// are set here.
    Result<CampaignId> openCampaign(const Campaign &campaign);
    Result<AttestationId> attest(const CampaignId &campaign, const ModelId &model,
                                 const std::vector<AttestationLine> &lines);
    /// Signs the campaign off, whoever has not answered; the statement should say so.
    Result<void> closeCampaign(const CampaignId &campaign, const std::string &statement, const std::string &passphrase);

    // Audit
    /// The C2SP checkpoint of the log as it stands, signed when somebody is signed in.
    [[nodiscard]] Result<std::string> checkpoint() const;
    /// The raw entry as stored, with its DSSE envelope and decoded payload, for reading.
    [[nodiscard]] Result<std::string> entryText(std::int64_t seq) const;
    /// A folder for an auditor: a copy of the file, checkpoint, reports, register as CSV, manifest of digests.
    Result<void> exportEvidence(const std::string &folder) const;

private:
    Workspace();
    RunId recordPrepared(const VersionId &version, const RecordableRun &run);
    template <class Recorded, class Record>
    auto record(const Record &given) -> Result<decltype(given.id)>;
    struct Private;
    std::unique_ptr<Private> m_d;
};

/// The policy pack built into the product, as text.
[[nodiscard]] std::string builtInPolicyText();

} // namespace countersign
