// SPDX-License-Identifier: GPL-3.0-or-later
//
// Models, versions and what is attached to them.
#include "core/domain/differences.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

namespace {

constexpr std::size_t kLargestDocument = 256UL * 1024 * 1024;

} // namespace

Result<ModelId> Workspace::registerModel(Model model)
{
    return guarded([&] {
        model.id = m_d->newId<ModelId>();
        model.revision = -1;
        m_d->append({ModelRegistered{model, "by hand"}});
        return model.id;
    });
}

Result<std::vector<ModelId>> Workspace::registerModels(std::vector<Model> models,
                                                       const std::vector<std::string> &provenance)
{
    return guarded([&] {
        if (models.size() != provenance.size())
            throw Exception(ErrorCode::InvalidInput, "Each imported model needs to say where it came from.");
        if (models.empty())
            throw Exception(ErrorCode::InvalidInput, "There is no model to import.",
                            "Look at the report of the rows that were left out.");
        std::vector<Fact> facts;
        std::vector<ModelId> ids;
        for (std::size_t i = 0; i < models.size(); ++i) {
            models[i].id = m_d->newId<ModelId>();
            models[i].revision = -1;
            ids.push_back(models[i].id);
            facts.emplace_back(ModelRegistered{std::move(models[i]), provenance[i]});
        }
        m_d->append(std::move(facts));
        return ids;
    });
}

Result<void> Workspace::editModel(const Model &model, const std::string &reason)
{
    return guarded([&] { m_d->append({ModelEdited{model, reason}}); });
}

Result<void> Workspace::retireModel(const ModelId &id, const std::string &reason, Date on)
{
    return guarded([&] {
        Model model = recordOf(m_d->registry().models, id, "model");
        model.stage = Stage::retired;
        model.policyStage.clear();
        model.retiredOn = on;
        model.retirementReason = reason;
        m_d->append({ModelEdited{model, reason}});
    });
}

std::vector<FieldConflict> Workspace::conflicts(const Model &base, const Model &mine) const
{
    std::vector<FieldConflict> found;
    const auto current = m_d->registry().models.find(mine.id);
    if (current == m_d->registry().models.end())
        return found;
    const Model &theirs = current->second;
    forEachMember<Model>([&](std::string_view name, auto member) {
        const auto &was = base.*member;
        const bool both = mine.*member != was && theirs.*member != was && mine.*member != theirs.*member;
        if (both && name != "revision")
            found.push_back(
                {std::string(name), valueInWords(was), valueInWords(mine.*member), valueInWords(theirs.*member)});
    });
    return found;
}

Result<VersionId> Workspace::registerVersion(ModelVersion version)
{
    return guarded([&] {
        version.id = m_d->newId<VersionId>();
        version.revision = -1;
        m_d->append({VersionRegistered{version}});
        return version.id;
    });
}

Result<void> Workspace::editVersion(const ModelVersion &version)
{
    return guarded([&] { m_d->append({VersionEdited{version}}); });
}

void requireBearable(const std::string &fileName, const std::string &bytes)
{
    if (bytes.size() > kLargestDocument)
        throw Exception(ErrorCode::InvalidInput, fileName + " is larger than 256 MiB.",
                        "Keep it elsewhere and attach a page that names its place and SHA-256.");
}

Result<DocumentId> Workspace::attachDocument(const VersionId &versionId, DocumentKind kind, const std::string &fileName,
                                             const std::string &bytes)
{
    return guarded([&] {
        requireBearable(fileName, bytes);
        const ModelVersion &version = recordOf(m_d->registry().versions, versionId, "version");
        Document document;
        document.id = m_d->newId<DocumentId>();
        document.model = version.model;
        document.version = versionId;
        document.kind = kind;
        document.fileName = fileName;
        document.hash = sha256(bytes);
        document.size = static_cast<std::int64_t>(bytes.size());
        m_d->append({DocumentAttached{document}}, {bytes});
        return document.id;
    });
}

std::string Workspace::Private::bytesOf(const std::string &fileName, const Hash256 &hash) const
{
    auto bytes = file->blob(hash);
    if (!bytes)
        throw Exception(ErrorCode::Corrupt, fileName + " is not in the file any more.",
                        "Restore the file from a copy that verifies.");
    return std::move(*bytes);
}

Result<std::string> Workspace::documentBytes(const DocumentId &id) const
{
    return guarded([&] {
        const Document &document = recordOf(m_d->registry().documents, id, "document");
        return m_d->bytesOf(document.fileName, document.hash);
    });
}

} // namespace countersign
