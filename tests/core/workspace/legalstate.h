// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds of every register, however it came about.
#pragma once

#include "core/domain/deadlines.h"
#include "core/domain/registry.h"
#include "core/domain/text.h"

namespace world {

using namespace countersign;

/// The first thing wrong with who signed by `act`, in the state that it left, or nothing: told from the records alone.
inline std::string illegalSigner(const Registry &registry, const Act &act)
{
    const auto &signer = registry.users.at(act.author);
    const auto named = [](const std::string &person, const User &user) { return sameName(person, user.fullName); };
    const auto ofModel = [&](const Model &model, const VersionId &version, const User &user, Role role) -> std::string {
        if (named(model.owner, user))
            return "the owner of a model signed for it";
        if (named(model.developer, user))
            return "the developer of a model signed for it";
        if (std::ranges::any_of(registry.timeline, [&](const TimelineItem &item) {
                return item.record == version.str() && item.fact == "versionRegistered" && item.author == user.id &&
                       item.forbidden.empty();
            }))
            return "who registered a version signed for it";
        const bool validated = std::ranges::any_of(registry.validations, [&](const auto &item) {
            return item.second.version == version && item.second.by == user.id && item.second.entry < act.seq;
        });
        if (role != Role::validator && (validated || named(model.validator, user)))
            return "who validates a model approved it";
        return {};
    };
    /// Of somebody who signed in place of another.
    const auto ofDeputy = [&](const auto &signature, const auto &paper) -> std::string {
        if (signature.onBehalfOf.empty())
            return {};
        const auto *principal = registry.userByName(signature.onBehalfOf);
        if (!principal)
            return "somebody signed in place of nobody";
        const auto day = dateOf(registry.lastAt);
        if (std::ranges::none_of(registry.delegations, [&](const auto &item) {
                return item.second.person == principal->id && item.second.deputy == act.author &&
                       item.second.from <= day && day <= item.second.until;
            }))
            return "somebody signed in place of another who had not delegated";
        if (std::ranges::none_of(paper.required, [&](const RequiredSignature &required) {
                return std::ranges::find(required.people, principal->fullName) != required.people.end();
            }))
            return "somebody signed in place of another whom no rule names";
        if (principal->id == paper.by)
            return "somebody signed in place of who asked";
        return ofModel(registry.models.at(paper.model), paper.version, *principal, signature.role);
    };
    const auto ofPaper = [&](const auto &signature, const auto &paper) -> std::string {
        if (!signer.active || !signer.has(signature.role))
            return "somebody signed in a role that they do not have";
        if (signer.id == paper.by)
            return "somebody signed what they asked for";
        if (auto why = ofModel(registry.models.at(paper.model), paper.version, signer, signature.role); !why.empty())
            return why;
        return ofDeputy(signature, paper);
    };
    for (const auto &fact : act.facts) {
        std::string why;
        if (const auto *made = std::get_if<RequestSigned>(&fact))
            why = ofPaper(made->signOff, registry.requests.at(made->request));
        else if (const auto *given = std::get_if<ExceptionSigned>(&fact))
            why = ofPaper(given->signature, registry.exceptions.at(given->exception));
        else if (const auto *signedFor = std::get_if<ProposalSigned>(&fact);
                 signedFor && (!signer.active || !signer.has(signedFor->signature.role)))
            why = "somebody signed a policy in a role that they do not have";
        if (!why.empty())
            return why;
    }
    return {};
}

/// The first thing wrong with a state, or nothing. `unsignedOnce` are models that were out of scope at some time, when
/// an edit could put them in use.
inline std::string illegal(const Registry &registry, const std::set<ModelId> &unsignedOnce)
{
    std::set<std::string> names;
    std::set<std::string> references;
    std::set<std::pair<ModelId, std::string>> labels;
    std::map<ModelId, int> live;
    int administrators = 0;
    for (const auto &[id, user] : registry.users) {
        if (!names.insert(user.fullName).second)
            return "two users called " + user.fullName;
        administrators += user.active && user.has(Role::administrator) ? 1 : 0;
    }
    if (administrators == 0)
        return "nobody is administrator";
    for (const auto &[id, model] : registry.models) {
        if (!references.insert(model.reference).second)
            return "two models " + model.reference;
        if ((model.stage == Stage::retired) != model.retiredOn.has_value())
            return "retired without a date, or the reverse: " + model.reference;
    }
    for (const auto &[id, version] : registry.versions) {
        if (!labels.emplace(version.model, version.label).second)
            return "two versions " + version.label;
        if (version.stage == VersionStage::inProduction && ++live[version.model] > 1)
            return "two versions in production";
        if (registry.models.at(version.model).stage == Stage::retired && version.stage != VersionStage::retired)
            return "a version of a retired model is not retired";
        const bool approved = std::ranges::any_of(registry.requests, [&version = version](const auto &item) {
            return item.second.version == version.id && isApproved(item.second.status);
        });
        const bool live_ = version.stage == VersionStage::inProduction;
        if (!approved && !unsignedOnce.contains(version.model) &&
            (live_ || version.stage == VersionStage::approved || version.deployedOn))
            return "approved or in production without an approval";
        if (live_ && approved && !version.deployedOn)
            return "in production since nobody knows when";
        if (version.revision < version.entry || version.revision >= registry.size)
            return "a revision of nowhere";
    }
    for (const auto &[id, scope] : registry.scopes)
        if (!registry.models.contains(id) || (!scope.inScope && scope.reason.empty()))
            return "a decision out of scope without a reason, or of no model";
    std::set<VersionId> open;
    for (const auto &[id, request] : registry.requests) {
        const bool decided =
            request.status == RequestStatus::approved || request.status == RequestStatus::approvedWithConditions;
        const bool isOpen = isOpenOn(request, dateOf(registry.lastAt));
        if (isOpen && !open.insert(request.version).second)
            return "two open requests on a version";
        if (request.status == RequestStatus::timedOut)
            return "a time-out was recorded";
        if (request.promotion && request.promotion->challenger.version != request.version)
            return "a request to promote another version";
        if (isOpen && registry.models.at(request.model).stage == Stage::retired)
            return "an open request on a retired model";
        if (request.status != RequestStatus::withdrawn && request.status != RequestStatus::refused &&
            request.status != RequestStatus::changesRequested && decided != outstanding(request).empty())
            return "approved without its signatures, or open with all of them";
        std::set<UserId> signers;
        for (const auto &signOff : request.signOffs) {
            if (signOff.by == request.by)
                return "somebody signed their own request";
            if (std::ranges::find(request.abstentions, signOff.by, &Abstention::by) != request.abstentions.end())
                return "somebody signed what they had abstained from";
            if (!signers.insert(signOff.by).second)
                return "somebody signed twice";
            for (const auto &required : request.required)
                if (required.role == signOff.role && required.timeOutAfterDays > 0 &&
                    dateOf(signOff.at) > dateOf(request.at) + std::chrono::days(required.timeOutAfterDays))
                    return "somebody signed after the time-out";
            if (signOff.role != Role::validator && signOff.role != Role::approver)
                return "a signature in a role that does not sign";
        }
    }
    for (const auto &[id, exception] : registry.exceptions) {
        if (exception.required.empty())
            return "an exception that nobody has to sign";
        if (exception.status == ExceptionStatus::approved && !outstanding(exception).empty())
            return "an exception approved without its signatures";
        for (const auto &signature : exception.signatures)
            if (signature.by == exception.by)
                return "somebody signed their own exception";
    }
    for (const auto &[id, proposal] : registry.proposals) {
        const bool signedFor =
            proposal.status == ProposalStatus::approved || proposal.status == ProposalStatus::published;
        if (proposal.required.empty() || (signedFor && !outstanding(proposal).empty()))
            return "a policy approved without its signatures";
        for (const auto &signature : proposal.signatures)
            if (signature.by == proposal.by)
                return "somebody signed the policy they had proposed";
    }
    for (const auto &[id, policy] : registry.policies)
        if (policy.entry > 0 && std::ranges::none_of(registry.proposals, [&text = policy.text](const auto &item) {
                return item.second.status == ProposalStatus::published && item.second.text == text;
            }))
            return "a policy published that nobody signed for";
    for (const auto &[id, overlay] : registry.overlays)
        if (overlay.amounts.empty())
            return "an overlay lost its amounts";
    for (const auto &[id, incident] : registry.incidents)
        if (!incident.open && incident.cause.empty())
            return "an incident closed without a cause";
    for (const auto &[id, delegation] : registry.delegations)
        if (delegation.person == delegation.deputy)
            return "somebody is their own deputy";
    for (const auto &[id, finding] : registry.findings)
        if (!finding.open && (finding.closedBy == finding.raisedBy || finding.closureEvidence.empty()))
            return "a finding closed by who raised it, or without evidence";
    for (const auto &[id, finding] : registry.findings) {
        if (!finding.open && (finding.plans.empty() || finding.evidence.empty()) && finding.severity >= Severity::high)
            return "a grave finding closed without plan or evidence";
        for (const auto &evidence : finding.evidence)
            if (!finding.open && evidence.by == finding.closedBy)
                return "a finding closed by who gave the evidence";
    }
    for (const auto &[id, assessment] : registry.assessments)
        if (assessment.overrideConfirmedBy.valid() && assessment.overrideConfirmedBy == assessment.by)
            return "an override confirmed by its assessor";
    for (const auto &[id, validation] : registry.validations)
        if (!registry.versions.contains(validation.version) || !registry.models.contains(validation.model))
            return "a validation of nothing";
    return {};
}

} // namespace world
