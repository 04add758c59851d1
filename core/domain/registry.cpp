// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/registry.h"

#include "core/domain/text.h"

#include <algorithm>

namespace countersign {

namespace {

/// The records of a map that `accept` takes, in the order of the log.
template <class K, class T, class F>
std::vector<const T *> inLogOrder(const std::map<K, T> &records, F &&accept)
{
    std::vector<const T *> found;
    for (const auto &[id, record] : records)
        if (accept(record))
            found.push_back(&record);
    std::ranges::stable_sort(found, {}, [](const T *record) { return record->entry; });
    return found;
}

template <class K, class T, class F>
std::vector<const T *> newestFirst(const std::map<K, T> &records, F &&accept)
{
    auto found = inLogOrder(records, accept);
    std::ranges::reverse(found);
    return found;
}

/// The last of the log that `accept` takes, or none.
template <class K, class T, class F>
const T *newest(const std::map<K, T> &records, F &&accept)
{
    const T *found = nullptr;
    for (const auto &[id, record] : records)
        if (accept(record) && (!found || record.entry >= found->entry))
            found = &record;
    return found;
}

/// Counts a signature on the requirement that it meets; on one that names the signer before one that anybody may meet.
void count(std::vector<RequiredSignature> &missing, Role role, const std::string &fullName)
{
    RequiredSignature *counted = nullptr;
    for (auto &signature : missing)
        if (signature.count > 0 && signature.fits(role, fullName) &&
            (!counted || (counted->people.empty() && !signature.people.empty())))
            counted = &signature;
    if (counted)
        --counted->count;
}

} // namespace

const User *Registry::userByName(std::string_view fullName) const
{
    const auto found =
        std::ranges::find_if(users, [&](const auto &item) { return sameName(item.second.fullName, fullName); });
    return found == users.end() ? nullptr : &found->second;
}

const User *Registry::userByKey(std::string_view keyId) const
{
    const auto found = std::ranges::find_if(users, [&](const auto &item) { return item.second.keyId == keyId; });
    return found == users.end() ? nullptr : &found->second;
}

const Model *Registry::modelByReference(std::string_view reference) const
{
    const auto found =
        std::ranges::find_if(models, [&](const auto &item) { return sameName(item.second.reference, reference); });
    return found == models.end() ? nullptr : &found->second;
}

std::vector<const ModelVersion *> Registry::versionsOf(const ModelId &model) const
{
    return inLogOrder(versions, [&](const ModelVersion &version) { return version.model == model; });
}

std::vector<const Document *> Registry::documentsOf(const VersionId &version) const
{
    return inLogOrder(documents, [&](const Document &document) { return document.version == version; });
}

const Validation *Registry::latestValidation(const VersionId &version) const
{
    return newest(validations, [&](const Validation &validation) { return validation.version == version; });
}

std::vector<const Finding *> Registry::findingsOf(const ModelId &model) const
{
    auto found = newestFirst(findings, [&](const Finding &finding) { return finding.model == model; });
    std::ranges::stable_partition(found, [](const Finding *finding) { return finding->open; });
    return found;
}

std::vector<const MonitoringRun *> Registry::runsOf(const ModelId &model) const
{
    return newestFirst(runs, [&](const MonitoringRun &run) { return run.model == model; });
}

const MonitoringRun *Registry::latestRun(const VersionId &version) const
{
    return newest(runs, [&](const MonitoringRun &run) { return run.version == version; });
}

const TierAssessment *Registry::tierOf(const ModelId &model) const
{
    return newest(assessments, [&](const TierAssessment &assessment) { return assessment.model == model; });
}

std::vector<const DeploymentRequest *> Registry::requestsOf(const ModelId &model) const
{
    return newestFirst(requests, [&](const DeploymentRequest &request) { return request.model == model; });
}

std::vector<const TimelineItem *> Registry::timelineOf(const ModelId &model) const
{
    std::vector<const TimelineItem *> found;
    for (auto item = timeline.rbegin(); item != timeline.rend(); ++item)
        if (item->model == model)
            found.push_back(&*item);
    return found;
}

bool isAuthor(const Registry &registry, const VersionId &version, const UserId &user)
{
    const auto found = registry.versions.find(version);
    return found != registry.versions.end() &&
           std::ranges::find(found->second.authors, user) != found->second.authors.end();
}

bool changesContent(const ModelVersion &before, const ModelVersion &after)
{
    return before.label != after.label || before.method != after.method || before.changes != after.changes ||
           before.trainingData != after.trainingData || before.artefact != after.artefact;
}

bool RequiredSignature::fits(Role of, std::string_view fullName) const
{
    return of == role && (people.empty() || std::ranges::any_of(people, [&](const std::string &person) {
                              return sameName(person, fullName);
                          }));
}

std::string inWords(const std::vector<DueCondition> &conditions)
{
    std::string text;
    for (const auto &condition : conditions)
        text += (text.empty() ? "" : "\n") + condition.text + " (" + condition.owner + ", by " +
                toString(condition.dueOn) + ")";
    return text;
}

std::string signerInWords(const RequiredSignature &signature)
{
    auto text = fieldInWords(enumName(signature.role));
    const auto opening = " (" + (signature.group.empty() ? "" : signature.group + ": ");
    for (std::size_t i = 0; i < signature.people.size(); ++i)
        text += (i == 0 ? opening : i + 1 == signature.people.size() ? " or " : ", ") + signature.people[i];
    return signature.people.empty() ? text : text + ")";
}

const SignOff *expiredSignOff(const DeploymentRequest &request, Date today)
{
    const auto found = std::ranges::find_if(
        request.signOffs, [today](const SignOff &signOff) { return signOff.expiresOn && *signOff.expiresOn < today; });
    return found == request.signOffs.end() ? nullptr : &*found;
}

namespace {

/// Of an exception or a proposal.
template <class Record>
std::vector<RequiredSignature> missingOf(const Record &record)
{
    auto missing = record.required;
    for (const auto &signature : record.signatures)
        if (signature.approved)
            count(missing, signature.role, signature.onBehalfOf.empty() ? signature.fullName : signature.onBehalfOf);
    std::erase_if(missing, [](const RequiredSignature &signature) { return signature.count <= 0; });
    return missing;
}

} // namespace

std::vector<RequiredSignature> outstanding(const DeploymentRequest &request)
{
    auto missing = request.required;
    for (const auto &signOff : request.signOffs)
        if (approves(signOff.decision))
            count(missing, signOff.role, signOff.onBehalfOf.empty() ? signOff.fullName : signOff.onBehalfOf);
    std::erase_if(missing, [](const RequiredSignature &signature) { return signature.count <= 0; });
    return missing;
}

std::vector<RequiredSignature> outstanding(const PolicyException &exception)
{
    return missingOf(exception);
}

std::vector<RequiredSignature> outstanding(const PolicyProposal &proposal)
{
    return missingOf(proposal);
}

} // namespace countersign
