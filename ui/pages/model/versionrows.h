// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/domain/registry.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

[[nodiscard]] QStringList versionHeadings();
/// The versions of a model, newest first; the key is the version's id.
[[nodiscard]] QList<Row> versionRows(const Registry &registry, const ModelId &model);

/// One field of a version in words, with what hangs on it: validation, monitoring, documents.
struct VersionField
{
    QString name;
    QString value;
};
[[nodiscard]] QList<VersionField> versionFields(const Registry &registry, const ModelVersion &version);

[[nodiscard]] QStringList comparisonHeadings(const QString &one, const QString &other);
/// Field by field both versions beside each other; a field that differs is marked by a sign and a word.
[[nodiscard]] QList<Row> comparisonRows(const Registry &registry, const ModelVersion &one, const ModelVersion &other,
                                        bool onlyDifferences);

[[nodiscard]] QStringList documentHeadings();
[[nodiscard]] QList<Row> documentRows(const Registry &registry, const VersionId &version);

[[nodiscard]] QStringList conditionHeadings();
/// What the validations of a version depend on; the key is "validation/place".
[[nodiscard]] QList<Row> conditionRows(const Registry &registry, const VersionId &version, Date today);
/// Of the signatures on a request; the key is "signature/condition" by their places.
[[nodiscard]] QList<Row> conditionRows(const Registry &registry, const DeploymentRequest &request, Date today);

/// "utilisation 1.00, income 0.60": strongest first.
[[nodiscard]] QString importanceText(const std::vector<FeatureImportance> &importance);

} // namespace countersign
