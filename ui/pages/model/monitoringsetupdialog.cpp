// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringsetupdialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/workspace/importer.h"
#include "core/workspace/runsummary.h"
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
    , m_lastRun(context.workspace, context.jobs)
    , m_form(new MonitoringSetupForm(context, versionOf(context.workspace.registry(), version)))
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
        m_recordable.reset();
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
    if (const MonitoringRun *last = context.workspace.registry().latestRun(version))
        m_lastRun.read(last->id, [this](const Result<RunResult> &result) {
            if (result)
                m_form->beginWith(result->settings);
        });
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
    const bool result = m_recordable != nullptr;
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
    auto before = m_context.workspace.runBefore(m_version);
    m_context.jobs.run(
        tr("Monitoring run"), this,
        [settings = m_form->settings(), options, before = before ? std::move(*before) : StoredRun()](
            const CancelToken &cancel, const Progress &progress) -> Result<Recordable> {
            auto result = runMonitoring(settings, cancel, progress, options);
            if (!result)
                return result.error();
            return std::make_shared<const RecordableRun>(recordableRun(std::move(*result), before));
        },
        [this](const Result<Recordable> &run) {
            m_running = false;
            if (run)
                return showResult(*run);
            m_messages->showError(run.error());
            followForm();
        });
}

void MonitoringSetupDialog::showResult(const Recordable &run)
{
    m_recordable = run;
    const RunResult &result = run->result;
    m_view->setRun(DriftViewModel(result));
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
    if (!m_recordable)
        return;
    const auto run = m_context.workspace.recordRun(m_version, *m_recordable);
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
