// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/versiondialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>

#include "core/policy/scope.h"
#include "ui/shell/context.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

Result<std::vector<FeatureImportance>> importanceFromText(const QString &text)
{
    static const QRegularExpression form(uR"(^\s*(.+?)\s*[,;=\t]\s*([0-9.eE+-]+)\s*$)"_s);
    std::vector<FeatureImportance> all;
    for (const auto &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty())
            continue;
        const auto match = form.match(line);
        const auto value = doubleFromDecimal(toStd(match.captured(2)));
        if (!match.hasMatch() || !value || *value < 0 || *value > 1)
            return Error{
                ErrorCode::InvalidInput,
                toStd(VersionDialog::tr("Feature importance: “%1” is not a name, a comma and a number from 0 to 1.")
                          .arg(line.trimmed())),
                {}};
        all.push_back({toStd(match.captured(1)), *value});
    }
    return all;
}

QString importanceLines(const std::vector<FeatureImportance> &importance)
{
    QStringList lines;
    for (const auto &feature : importance)
        lines << u"%1, %2"_s.arg(toQt(feature.feature), toQt(decimalFromDouble(feature.importance)));
    return lines.join(u'\n');
}

VersionDialog::VersionDialog(Context &context, const ModelId &model, QWidget *parent)
    : VersionDialog(context, std::nullopt, model, parent)
{
}

VersionDialog::VersionDialog(Context &context, const ModelVersion &version, QWidget *parent)
    : VersionDialog(context, version, version.model, parent)
{
}

VersionDialog::VersionDialog(Context &context, std::optional<ModelVersion> edited, const ModelId &model,
                             QWidget *parent)
    : ActDialog(edited ? tr("Edit version %1").arg(toQt(edited->label)) : tr("New version"),
                edited ? tr("Save version") : tr("Register version"), parent)
    , m_context(context)
    , m_new(!edited)
    , m_label(addLine(tr("&Label"), tr("Unique within the model, for example 2.1")))
    , m_method(addLine(tr("&Method"), tr("Algorithm and library")))
    , m_changes(addText(tr("&Changes"), tr("What changed against the version before, and why"), 3))
    , m_trainingData(addText(tr("&Training data"), tr("Source, period, number of rows"), 2))
    , m_artefact(addLine(tr("&Artefact"), tr("Where the code or file lies, or its digest")))
    , m_importance(addText(tr("Feature &importance"), tr("One feature a line, 0 to 1:\nutilisation, 1.0\nincome, 0.6")))
    , m_stage(addChoice(tr("&Stage")))
{
    if (edited)
        m_version = *edited;
    m_version.model = model;
    for (const auto stage : enumValues<VersionStage>()) {
        const bool byRequest = (stage == VersionStage::approved || stage == VersionStage::inProduction) &&
                               !isUnsigned(context.workspace.policy(), context.workspace.registry(), model);
        if (!byRequest || stage == m_version.stage)
            m_stage->addItem(toQt(displayName(stage)), static_cast<int>(stage));
    }
    m_stage->setToolTip(tr("A version goes into production by an approved deployment request."));
    showVersion(m_version);
    m_label->setFocus();
}

void VersionDialog::showVersion(const ModelVersion &version)
{
    m_label->setText(toQt(version.label));
    m_method->setText(toQt(version.method));
    m_changes->setPlainText(toQt(version.changes));
    m_trainingData->setPlainText(toQt(version.trainingData));
    m_artefact->setText(toQt(version.artefact));
    m_importance->setPlainText(importanceLines(version.importance));
    m_stage->setCurrentIndex(m_stage->findData(static_cast<int>(version.stage)));
}

QString VersionDialog::missing() const
{
    if (m_label->text().trimmed().isEmpty())
        return tr("Give the version a label.");
    const auto importance = importanceFromText(m_importance->toPlainText());
    return importance ? QString() : toQt(importance.error().what);
}

Result<void> VersionDialog::act()
{
    const auto importance = importanceFromText(m_importance->toPlainText());
    if (!importance)
        return importance.error();
    auto version = m_version;
    version.label = typed(m_label);
    version.method = typed(m_method);
    version.changes = typed(m_changes);
    version.trainingData = typed(m_trainingData);
    version.artefact = typed(m_artefact);
    version.importance = *importance;
    version.stage = static_cast<VersionStage>(m_stage->currentData().toInt());
    if (m_new)
        return outcome(m_context.workspace.registerVersion(version));
    return m_context.workspace.editVersion(version);
}

} // namespace countersign
