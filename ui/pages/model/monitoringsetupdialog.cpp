// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringsetupdialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/workspace/importer.h"
#include "ui/jobs/jobrunner.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/monitoringsetupform.h"
#include "ui/pages/model/monitoringview.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostProblems = 4;

std::optional<RunSettings> lastSettings(const Workspace &workspace, const VersionId &version)
{
    const MonitoringRun *run = workspace.registry().latestRun(version);
    if (!run)
        return std::nullopt;
    const auto result = workspace.runResult(run->id);
    return result ? std::optional(result->settings) : std::nullopt;
}

const ModelVersion &versionOf(const Registry &registry, const VersionId &version)
{
    return registry.versions.at(version);
}

} // namespace

MonitoringSetupDialog::MonitoringSetupDialog(Context &context, const VersionId &version, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_version(version)
    , m_stack(new QStackedWidget)
    , m_form(new MonitoringSetupForm(context, versionOf(context.workspace.registry(), version),
                                     lastSettings(context.workspace, version)))
    , m_view(new MonitoringView(context.dialogs))
    , m_messages(new MessageBar)
    , m_problems(quietLabel(this))
    , m_progress(new QProgressBar)
    , m_back(new QPushButton(tr("&Back to set-up")))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_run(new QPushButton(tr("&Run")))
    , m_record(new QPushButton(tr("&Record")))
{
    setWindowTitle(
        tr("New monitoring run of version %1").arg(toQt(versionOf(context.workspace.registry(), version).label)));
    resize(1080, 680);
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progress->setTextVisible(true);
    m_stack->addWidget(m_form);
    m_stack->addWidget(m_view);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_back);
    buttons->addWidget(m_problems, 1);
    buttons->addWidget(m_progress, 1);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_run);
    buttons->addWidget(m_record);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_messages);
    column->addWidget(m_stack, 1);
    column->addLayout(buttons);

    connect(m_form, &MonitoringSetupForm::changed, this, &MonitoringSetupDialog::followForm);
    connect(m_run, &QPushButton::clicked, this, &MonitoringSetupDialog::startRun);
    connect(m_record, &QPushButton::clicked, this, &MonitoringSetupDialog::record);
    connect(m_cancel, &QPushButton::clicked, this, &MonitoringSetupDialog::reject);
    connect(m_back, &QPushButton::clicked, this, [this] {
        m_result.reset();
        m_messages->clear();
        m_stack->setCurrentWidget(m_form);
        followForm();
    });
    connect(&context.jobs, &JobRunner::progressed, this,
            [this](const QString &step, qulonglong done, qulonglong total) {
                if (!m_running)
                    return;
                m_progress->setRange(0, total > 0 ? 1000 : 0);
                m_progress->setValue(
                    total > 0 ? static_cast<int>(1000.0 * static_cast<double>(done) / static_cast<double>(total)) : 0);
                m_progress->setFormat(step + u" %p%"_s);
            });
    followForm();
}

MonitoringSetupDialog::~MonitoringSetupDialog() = default;

void MonitoringSetupDialog::followForm()
{
    const QStringList problems = m_form->problems();
    QStringList shown = problems.mid(0, mostProblems);
    if (problems.size() > mostProblems)
        shown << tr("and %1 more").arg(problems.size() - mostProblems);
    m_problems->setText(shown.join(u'\n'));
    m_run->setToolTip(problems.join(u'\n'));
    followButtons();
}

void MonitoringSetupDialog::followButtons()
{
    const bool result = m_result.has_value();
    m_form->setEnabled(!m_running);
    m_problems->setVisible(!m_running && !result);
    m_progress->setVisible(m_running);
    m_back->setVisible(result);
    m_run->setVisible(!result);
    m_run->setEnabled(!m_running && m_form->problems().isEmpty());
    m_run->setDefault(!result);
    m_record->setVisible(result);
    m_record->setDefault(result);
    m_cancel->setText(m_running ? tr("Cancel run") : result ? tr("Discard") : tr("Cancel"));
}

void MonitoringSetupDialog::startRun()
{
    if (m_running || !m_form->problems().isEmpty())
        return;
    m_running = true;
    m_messages->clear();
    m_progress->setRange(0, 0);
    followButtons();
    RunOptions options;
    options.databasePassword = m_form->databasePassword();
    options.cacheFolder = m_context.workspace.logCacheFolder();
    m_context.jobs.run(
        tr("Monitoring run"), this,
        [settings = m_form->settings(), options](const CancelToken &cancel, const Progress &progress) {
            return runMonitoring(settings, cancel, progress, options);
        },
        [this](const Result<RunResult> &result) {
            m_running = false;
            if (result)
                return showResult(*result);
            m_messages->showError(result.error());
            followForm();
        });
}

void MonitoringSetupDialog::showResult(const RunResult &result)
{
    m_result = result;
    const QString setBy = toQt(m_context.workspace.policy().monitoring.setBy);
    m_view->setRun(DriftViewModel(result, setBy));
    m_stack->setCurrentWidget(m_view);
    followButtons();
    QString text = tr("%1 rows of %2 were read. Nothing is recorded yet.")
                       .arg(countText(static_cast<qint64>(result.rows)), toQt(result.sourceName));
    if (!result.warnings.empty())
        text += u' ' + toQt(result.warnings).join(u' ');
    m_messages->showMessage(result.warnings.empty() ? MessageBar::Kind::info : MessageBar::Kind::warning, text);
    m_record->setFocus();
}

void MonitoringSetupDialog::record()
{
    if (!m_result)
        return;
    const auto run = m_context.workspace.recordRun(m_version, *m_result);
    if (!run)
        return m_messages->showError(run.error());
    Q_EMIT recorded(toQt(run->str()));
    accept();
}

void MonitoringSetupDialog::reject()
{
    if (m_running)
        return m_context.jobs.cancelCurrent();
    QDialog::reject();
}

} // namespace countersign
