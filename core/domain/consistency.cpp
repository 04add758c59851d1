// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/signer.h"
#include "core/domain/checker.h"
#include "core/domain/deadlines.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr std::size_t maximumPack = 1U << 20U; ///< bytes of a policy pack

/// Whether somebody other than `user` could still enrol people.
bool anotherAdministrator(const Registry &registry, const User &user)
{
    return std::ranges::any_of(registry.users, [&](const auto &item) {
        return item.first != user.id && item.second.active && item.second.has(Role::administrator);
    });
}

/// "2026-11-24 at 10:52 UTC".
std::string inWords(UtcTime time)
{
    const auto text = toString(time);
    return text.substr(0, 10) + " at " + text.substr(11, 5) + " UTC";
}

/// The references of the models that name a person; the first few, and how many more.
std::string namingModels(const Registry &registry, const std::string &fullName)
{
    constexpr std::size_t shown = 5;
    std::set<std::string> references;
    for (const auto &[id, model] : registry.models)
        for (const auto *person : {&model.owner, &model.developer, &model.validator, &model.approver})
            if (sameName(*person, fullName))
                references.insert(model.reference);
    std::string named;
    std::size_t count = 0;
    for (const auto &reference : references)
        if (count++ < shown)
            named += (named.empty() ? "" : ", ") + reference;
    if (references.size() > shown)
        named += " and " + std::to_string(references.size() - shown) + " more";
    return named;
}

} // namespace

std::string titleOf(const Model &model, const ModelVersion &version)
{
    return titleOf(model) + ", version " + version.label;
}

const Model &Checker::model(const ModelId &id) const
{
    return need(m_now.models, id, "model");
}

const Model &Checker::livingModel(const ModelId &id, const std::string &purpose) const
{
    const auto &found = model(id);
    if (found.stage == Stage::retired)
        throw Exception(ErrorCode::Conflict, "Model " + titleOf(found) + " is retired and takes no " + purpose + ".",
                        "Register a new model if it is used again.");
    return found;
}

const ModelVersion &Checker::version(const VersionId &id, const ModelId &modelId) const
{
    const auto &found = need(m_now.versions, id, "version");
    if (found.model != modelId)
        invalid("Version " + found.label + " does not belong to model " + titleOf(model(modelId)) + ".",
                "Choose a version of that model.");
    return found;
}

void Checker::checkAuthor(const UserId &named, const std::string &what) const
{
    if (named.valid() && named != m_act.author)
        invalid(what + " names somebody else than the author of the entry.", "Record it in your own name.");
}

void Checker::checkRevision(const std::string &record, const ModelId &modelId, const std::string &title,
                            std::int64_t revision, std::int64_t basedOn) const
{
    if (basedOn == revision)
        return;
    std::set<std::string> fields;
    const TimelineItem *last = nullptr;
    for (auto item = m_base.timeline.rbegin(); item != m_base.timeline.rend() && item->seq > basedOn; ++item) {
        const bool indirect = item->seq == revision && modelId.valid() && item->model == modelId;
        if (!item->forbidden.empty() || (item->record != record && !indirect))
            continue;
        if (!last)
            last = &*item;
        for (const auto &change : item->changes)
            fields.insert(change.field);
    }
    std::string what = title + " was changed meanwhile";
    if (last)
        what += " by " + last->authorName + " on " + inWords(last->at);
    std::string joined;
    for (const auto &field : fields)
        joined += (joined.empty() ? ": " : ", ") + field;
    throw Exception(ErrorCode::Conflict, what + joined + ".", "Look at the new values, then make your change again.");
}

void Checker::operator()(const WorkspaceCreated &fact) const
{
    if (m_act.seq != 0 || !m_now.organisation.empty())
        throw Exception(ErrorCode::Conflict, "The workspace has been created already.");
    checkTexts(fact, "Workspace");
    checkPresent(fact.organisation, "The name of the organisation");
}

void Checker::operator()(const PolicyPublished &fact) const
{
    if (m_act.seq != 0 && m_act.facts.size() != 1)
        invalid("A policy is published by an entry of its own.", "Make the other changes in another entry.");
    checkPolicy(fact.pack, fact.version, fact.text);
    if (sha256(fact.text) != fact.hash)
        invalid("The digest of policy " + fact.pack + " is not that of its text.");
}

void Checker::checkPolicy(const std::string &pack, std::int64_t version, const std::string &text) const
{
    checkText("pack", pack, "Policy, pack");
    checkPresent(pack, "The id of the policy pack");
    if (version < 1)
        invalid("The version of policy " + pack + " must be 1 or more.");
    if (text.size() > maximumPack)
        invalid("The text of policy " + pack + " is longer than 1 MiB.", "Shorten it.");
}

void Checker::operator()(const PolicyProposed &fact) const
{
    const auto &record = fact.record;
    if (m_act.facts.size() != 1)
        invalid("A policy is proposed by an entry of its own.", "Make the other changes in another entry.");
    checkNewId(m_now.proposals, record.id, "policy proposal");
    checkAuthor(record.by, "The proposal");
    checkPolicy(record.pack, record.version, record.text);
    checkText("reason", record.reason, "Policy proposal, reason");
    checkPresent(record.reason, "The reason of the proposal");
    if (record.status != ProposalStatus::open || !record.signatures.empty() || !record.abstentions.empty() ||
        !record.closingReason.empty())
        invalid("A policy is proposed without signatures.");
    if (record.required.empty())
        invalid("A policy proposal names at least one signature.");
    for (const auto &signature : record.required)
        if (signature.count < 1)
            invalid("A policy proposal names one signature or more of each kind.");
}

const PolicyProposal &Checker::proposal(const ProposalId &id, std::int64_t basedOn) const
{
    const auto &record = need(m_now.proposals, id, "policy proposal");
    checkRevision(record.id.str(), {}, "The policy proposal", record.revision, basedOn);
    return record;
}

const PolicyProposal &Checker::openProposal(const ProposalId &id, std::int64_t basedOn) const
{
    const auto &record = proposal(id, basedOn);
    if (record.status != ProposalStatus::open)
        throw Exception(ErrorCode::Conflict,
                        "The policy proposal is decided: " + fieldInWords(enumName(record.status)) + ".",
                        "Propose the policy again if need be.");
    if (const auto deadlines = deadlinesOf(record); deadlines.timedOutBy(today()))
        throw Exception(ErrorCode::Conflict, "The policy proposal is over. " + timeOutInWords(deadlines));
    return record;
}

void Checker::operator()(const ProposalSigned &fact) const
{
    (void)openProposal(fact.proposal, fact.basedOn);
    checkSignature(fact.signature);
}

void Checker::operator()(const ProposalWithdrawn &fact) const
{
    const auto &record = proposal(fact.proposal, fact.basedOn);
    if (record.status != ProposalStatus::open && record.status != ProposalStatus::approved)
        throw Exception(ErrorCode::Conflict,
                        "The policy proposal is decided: " + fieldInWords(enumName(record.status)) + ".");
    checkText("reason", fact.reason, "Policy proposal, reason");
    checkPresent(fact.reason, "The reason for withdrawing the proposal");
}

void Checker::checkUser(const User &user) const
{
    checkText("fullName", user.fullName, "User, full name");
    checkPresent(user.fullName, "The full name of the user");
    if (user.roles.empty())
        invalid(user.fullName + " needs at least one role.", "Choose the roles.");
    const auto key = PublicKey::fromHex(user.publicKey);
    if (!key || key->keyId() != user.keyId)
        invalid("The key of " + user.fullName + " is not a public key with its id.");
    for (const auto &[id, other] : m_now.users) {
        if (id == user.id)
            continue;
        if (sameName(other.fullName, user.fullName))
            throw Exception(ErrorCode::Conflict, "There is already a user called " + other.fullName + ".",
                            "Full names are unique here: add a middle name or a department.");
        if (other.keyId == user.keyId)
            throw Exception(ErrorCode::Conflict,
                            "The key of " + user.fullName + " is in use by " + other.fullName + ".",
                            "Make a key of its own for each person.");
    }
}

void Checker::operator()(const UserEnrolled &fact) const
{
    checkNewId(m_now.users, fact.user.id, "user");
    checkUser(fact.user);
    if (!fact.user.active)
        invalid(fact.user.fullName + " must be active when enrolled.");
}

void Checker::operator()(const UserChanged &fact) const
{
    const auto &before = need(m_now.users, fact.user.id, "user");
    checkRevision(before.id.str(), {}, "The enrolment of " + before.fullName, before.revision, fact.user.revision);
    checkUser(fact.user);
    if (before.fullName != fact.user.fullName)
        if (const auto named = namingModels(m_base, before.fullName); !named.empty())
            throw Exception(ErrorCode::Conflict,
                            before.fullName + " cannot be renamed while models name them: " + named + ".",
                            "Change the people named on those models first.");
    const bool administers = fact.user.active && fact.user.has(Role::administrator);
    if (!administers && !anotherAdministrator(m_now, fact.user))
        throw Exception(ErrorCode::Conflict, fact.user.fullName + " is the last administrator.",
                        "Enrol another administrator first.");
}

void Checker::checkReferenceFree(const Model &candidate) const
{
    bool taken = false;
    if (m_references) {
        taken = m_references->contains(foldedName(candidate.reference));
        if (const auto own = m_now.models.find(candidate.id); own != m_now.models.end())
            taken = taken && !sameName(own->second.reference, candidate.reference);
    } else {
        const auto *other = m_now.modelByReference(candidate.reference);
        taken = other && other->id != candidate.id;
    }
    if (taken)
        throw Exception(ErrorCode::Conflict, "There is already a model with the reference " + candidate.reference + ".",
                        "References are unique: choose another, or edit that model.");
}

void Checker::checkModel(const Model &candidate) const
{
    const auto where = "Model " + (candidate.reference.empty() ? candidate.name : candidate.reference);
    checkTexts(candidate, where);
    checkPresent(candidate.reference, "The reference of model " + candidate.name);
    checkPresent(candidate.name, "The name of model " + candidate.reference);
    checkPresent(candidate.owner, "The owner of model " + candidate.reference);
    checkPresent(candidate.purpose, "The purpose of model " + candidate.reference);
    for (const auto *list : {&candidate.inputs, &candidate.dependencies})
        for (const auto &item : *list)
            checkPresent(item, where + ": an item of inputs or dependencies");
    if (candidate.stage == Stage::retired) {
        checkPresent(candidate.retirementReason, "The reason why model " + candidate.reference + " is retired");
        if (!candidate.retiredOn)
            invalid("The date on which model " + candidate.reference + " was retired is missing.", "Fill it in.");
        if (candidate.deployedOn && *candidate.retiredOn < *candidate.deployedOn)
            invalid(where + " was retired before it was deployed.", "Correct one of the two dates.");
    } else if (candidate.retiredOn || !candidate.retirementReason.empty()) {
        invalid(where + " has a retirement date or reason but is not retired.", "Clear them, or retire the model.");
    }
    checkReferenceFree(candidate);
}

void Checker::operator()(const ModelRegistered &fact) const
{
    checkNewId(m_now.models, fact.model.id, "model");
    checkModel(fact.model);
    checkText("provenance", fact.provenance, "Model " + fact.model.reference + ", provenance");
}

void Checker::operator()(const ModelEdited &fact) const
{
    const auto &before = model(fact.model.id);
    checkRevision(before.id.str(), before.id, "Model " + titleOf(before), before.revision, fact.model.revision);
    checkModel(fact.model);
    checkText("reason", fact.reason, "Model " + fact.model.reference + ", reason of the change");
    if (before.stage == Stage::retired && fact.model.stage != Stage::retired)
        throw Exception(ErrorCode::Conflict, "Model " + titleOf(before) + " is retired and stays so.",
                        "Register a new model if it is used again.");
    if (before.stage != Stage::retired && fact.model.stage == Stage::retired)
        for (const auto *request : m_now.requestsOf(before.id))
            if (isOpenOn(*request, today()))
                throw Exception(ErrorCode::Conflict,
                                "Model " + titleOf(before) + " has an open deployment request and cannot be retired.",
                                "Withdraw the request or decide it first.");
}

void Checker::checkVersion(const ModelVersion &candidate) const
{
    const auto title = titleOf(model(candidate.model), candidate);
    checkTexts(candidate, "Model " + title);
    checkPresent(candidate.label, "The label of the version");
    for (const auto &[id, other] : m_now.versions)
        if (id != candidate.id && other.model == candidate.model && sameName(other.label, candidate.label))
            throw Exception(ErrorCode::Conflict,
                            "There is already a version of this model labelled " + other.label + ".",
                            "Choose another label.");
    std::set<std::string> features;
    for (const auto &[feature, importance] : candidate.importance) {
        checkPresent(feature, "Model " + title + ": the name of a feature");
        if (!features.insert(feature).second)
            invalid("Model " + title + ": the feature " + feature + " has two importances.", "Remove one.");
        if (!(importance >= 0 && importance <= 1))
            invalid("Model " + title + ": the importance of " + feature + " is not between 0 and 1.",
                    "Divide all importances by the greatest.");
    }
}

void Checker::operator()(const VersionRegistered &fact) const
{
    checkNewId(m_now.versions, fact.version.id, "version");
    (void)livingModel(fact.version.model, "new versions");
    checkVersion(fact.version);
    if (fact.version.stage == VersionStage::retired)
        invalid("A version is not registered as retired.");
    if (fact.version.deployedOn && fact.version.stage != VersionStage::inProduction)
        invalid("The deployment date of a version is set by its approval.", "Leave it empty.");
    checkAlone(fact.version);
}

void Checker::checkAlone(const ModelVersion &version) const
{
    if (version.stage != VersionStage::inProduction)
        return;
    for (const auto *other : m_now.versionsOf(version.model))
        if (other->id != version.id && other->stage == VersionStage::inProduction)
            throw Exception(ErrorCode::Conflict, "Version " + other->label + " is in production.", "Retire it first.");
}

void Checker::operator()(const VersionEdited &fact) const
{
    const auto &before = need(m_now.versions, fact.version.id, "version");
    if (before.model != fact.version.model)
        invalid("A version does not move to another model.", "Register it there anew.");
    checkRevision(before.id.str(), before.model, "Version " + before.label + " of " + titleOf(model(before.model)),
                  before.revision, fact.version.revision);
    checkVersion(fact.version);
    checkAlone(fact.version);
    const bool goesLive =
        before.stage != VersionStage::inProduction && fact.version.stage == VersionStage::inProduction;
    if (before.deployedOn != fact.version.deployedOn && !goesLive)
        invalid("The deployment date of a version is set by its approval.", "Leave it as it is.");
    if (before.stage == VersionStage::retired && fact.version.stage != VersionStage::retired)
        throw Exception(ErrorCode::Conflict, "Version " + before.label + " is retired and stays so.",
                        "Register a new version.");
    if (fact.version.stage == VersionStage::retired)
        for (const auto *request : m_now.requestsOf(before.model))
            if (request->version == before.id && isOpenOn(*request, today()))
                throw Exception(ErrorCode::Conflict,
                                "Version " + before.label + " has an open deployment request and cannot be retired.",
                                "Withdraw the request or decide it first.");
}

void checkConsistent(const Registry &registry, const Act &act)
{
    if (act.facts.empty())
        invalid("An entry must hold at least one change.");
    if (act.seq < registry.size)
        throw Exception(ErrorCode::Conflict, "Entry " + std::to_string(act.seq) + " has been applied already.");
    const bool enrolsAuthor = std::ranges::any_of(act.facts, [&](const Fact &fact) {
        const auto *enrolled = std::get_if<UserEnrolled>(&fact);
        return act.seq == 0 && enrolled && enrolled->user.id == act.author;
    });
    if (!enrolsAuthor)
        (void)need(registry.users, act.author, "user");
    if (act.facts.size() == 1) {
        std::visit(Checker(registry, registry, act, nullptr), act.facts.front());
        return;
    }
    References references;
    for (const auto &[id, model] : registry.models)
        references.insert(foldedName(model.reference));
    auto now = neighbourhood(registry, act);
    Touched touched;
    for (const auto &fact : act.facts) {
        std::visit(Checker(now, registry, act, &references), fact);
        if (const auto *registered = std::get_if<ModelRegistered>(&fact))
            references.insert(foldedName(registered->model.reference));
        else if (const auto *edited = std::get_if<ModelEdited>(&fact)) {
            references.erase(foldedName(now.models.at(edited->model.id).reference));
            references.insert(foldedName(edited->model.reference));
        }
        applyFact(now, act, fact, touched);
    }
}

} // namespace countersign
