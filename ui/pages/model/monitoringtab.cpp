// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringtab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "core/workspace/importer.h"
#include "ui/jobs/jobrunner.h"
#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/findingdialog.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/monitoringexplaindialog.h"
#include "ui/pages/model/monitoringrecompute.h"
#include "ui/pages/model/monitoringsetupdialog.h"
#include "ui/pages/model/monitoringview.h"
#include "ui/pages/model/words.h"
#include "ui/pages/monitoring/contrastdialog.h"
#include "ui/pages/monitoring/driftsection.h"
#include "ui/pages/monitoring/runreader.h"
#include "ui/pages/monitoring/toolsdialog.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

struct MonitoringTab::Private
{
    Private(MonitoringTab &tab, Context &given);

    void refresh();
    void fillVersions();
    void fillRuns();
    void showRun();
    void present(QWidget *page);
    void showStanding();
    void newRun();
    void explain();
    void recompute();
    [[nodiscard]] const MonitoringRun *run() const; ///< that is chosen
    [[nodiscard]] bool isLoaded() const;            ///< it is in the view
    [[nodiscard]] const ModelVersion *version() const;

    MonitoringTab &q;
    Context &context;
    ModelId model;
    RunReader reader;
    RunId shown; ///< the run in the view
    QComboBox *versions;
    QComboBox *runs;
    QPushButton *newButton;
    QPushButton *explainButton;
    QPushButton *recomputeButton;
    QPushButton *compareButton;
    QPushButton *toolsButton;
    QLabel *whyNot;
    MessageBar *standing; ///< whether a breach is accepted
    MessageBar *messages;
    QStackedWidget *stack;
    EmptyState *empty;
    MonitoringView *view;
    ActionGate *gate;
};

namespace {

QString runText(const MonitoringRun &run)
{
    return MonitoringTab::tr("%1 · %2 · %3 rows · %4")
        .arg(timeText(run.at).left(16), toQt(run.source), countText(run.rows), toQt(displayName(run.health)));
}

/// What is open in a run that nobody has answered.
QString openAlert(const MonitoringRun &run)
{
    const auto latest = std::ranges::count(run.breaches, false, &Breach::passed);
    const auto passed = static_cast<std::ptrdiff_t>(run.breaches.size()) - latest;
    QString text = MonitoringTab::tr("Open alert.") + u' ';
    if (latest > 0)
        text += MonitoringTab::tr("Limits breached in the latest period: %1.").arg(latest) + u' ';
    if (passed > 0)
        text += MonitoringTab::tr("Worse in earlier periods, which no run before had judged: %1.").arg(passed) + u' ';
    return text + MonitoringTab::tr("It becomes a finding, or somebody explains why it is accepted.");
}

/// In production first, then the one monitored last, then the newest.
VersionId versionToShow(const Registry &registry, const ModelId &model)
{
    const auto versions = registry.versionsOf(model);
    for (const ModelVersion *version : versions) {
        if (version->stage == VersionStage::inProduction)
            return version->id;
    }
    const auto runs = registry.runsOf(model);
    if (!runs.empty())
        return runs.front()->version;
    return versions.empty() ? VersionId() : versions.back()->id;
}

} // namespace

MonitoringTab::Private::Private(MonitoringTab &tab, Context &given)
    : q(tab)
    , context(given)
    , reader(given.workspace, given.jobs)
    , versions(new QComboBox(&tab))
    , runs(new QComboBox(&tab))
    , newButton(new QPushButton(tr("&New run…"), &tab))
    , explainButton(new QPushButton(tr("E&xplain breach…"), &tab))
    , recomputeButton(new QPushButton(tr("Re&compute"), &tab))
    , compareButton(new QPushButton(tr("Co&mpare…"), &tab))
    , toolsButton(new QPushButton(tr("&Other tools…"), &tab))
    , whyNot(quietLabel(&tab))
    , standing(new MessageBar(&tab))
    , messages(new MessageBar(&tab))
    , stack(new QStackedWidget(&tab))
    , empty(new EmptyState(u"drift"_s, {}, {}, tr("New run…"), &tab))
    , view(new MonitoringView(given.dialogs, &tab))
    , gate(new ActionGate(given, whyNot, &tab))
{
    versions->setAccessibleName(tr("Model version"));
    runs->setAccessibleName(tr("Monitoring run"));
    runs->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    runs->setMinimumContentsLength(20);
    runs->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    compareButton->setToolTip(tr("Two periods, versions or segments beside each other, from the stored counts"));
    recomputeButton->setToolTip(tr("Computes every number of the run again from its stored counts and compares"));
    standing->setClosable(false);

    auto *versionLabel = new QLabel(tr("&Version"), &q);
    versionLabel->setBuddy(versions);
    auto *runLabel = new QLabel(tr("&Run"), &q);
    runLabel->setBuddy(runs);
    auto *row = new QHBoxLayout;
    row->addWidget(versionLabel);
    row->addWidget(versions);
    row->addSpacing(8);
    row->addWidget(runLabel);
    row->addWidget(runs, 1);
    row->addWidget(compareButton);
    row->addWidget(toolsButton);
    row->addWidget(recomputeButton);
    row->addWidget(explainButton);
    row->addWidget(newButton);
    stack->addWidget(empty);
    stack->addWidget(view);
    auto *column = new QVBoxLayout(&q);
    column->setContentsMargins(16, 10, 16, 10);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(whyNot);
    column->addWidget(standing);
    column->addWidget(messages);
    column->addWidget(stack, 1);

    const auto noRun = [this] { return run() ? QString() : tr("There is no run yet."); };
    gate->add(newButton, "monitoringRecorded",
              [this] { return version() ? QString() : tr("Register a version of the model first."); });
    gate->add(explainButton, "monitoringExplained", [this, noRun] {
        if (!run())
            return noRun();
        if (run()->breaches.empty())
            return tr("This run breaches no limit.");
        const MonitoringExplained fact{run()->id, "reason", run()->revision};
        return whyNotNow(context.workspace, fact).value_or(QString());
    });
    connect(newButton, &QPushButton::clicked, &q, [this] { newRun(); });
    connect(empty, &EmptyState::activated, &q, [this] {
        if (version())
            newRun();
        else
            context.navigator.openModel(model, u"versions"_s);
    });
    connect(standing, &MessageBar::activated, &q, [this] {
        if (run())
            (new FindingDialog(context, *run(), &q))->open();
    });
    connect(explainButton, &QPushButton::clicked, &q, [this] { explain(); });
    connect(recomputeButton, &QPushButton::clicked, &q, [this] { recompute(); });
    connect(compareButton, &QPushButton::clicked, &q, [this] {
        if (run())
            (new ContrastDialog(context, model, run()->id, &q))->open();
    });
    connect(toolsButton, &QPushButton::clicked, &q, [this] {
        if (isLoaded())
            (new ToolsDialog(context, view->run().result(), view->drift()->feature(), view->period(), &q))->open();
    });
    connect(versions, &QComboBox::currentIndexChanged, &q, [this] {
        messages->clear();
        fillRuns();
        showRun();
    });
    connect(runs, &QComboBox::currentIndexChanged, &q, [this] {
        messages->clear();
        showRun();
    });
    connect(&context.changes, &ChangeNotifier::changed, &q, [this](const ChangeNotice &notice) {
        if (notice.models.contains(model))
            refresh();
    });
    connect(&context.changes, &ChangeNotifier::sessionChanged, &q, [this] { showStanding(); });
}

void MonitoringTab::Private::refresh()
{
    fillVersions();
    fillRuns();
    showRun();
}

void MonitoringTab::Private::fillVersions()
{
    const QSignalBlocker quiet(versions);
    const QString before = versions->currentData().toString();
    versions->clear();
    const auto &registry = context.workspace.registry();
    for (const ModelVersion *each : registry.versionsOf(model))
        versions->insertItem(0, tr("%1 (%2)").arg(toQt(each->label), toQt(displayName(each->stage)).toLower()),
                             toQt(each->id.str()));
    int index = before.isEmpty() ? -1 : versions->findData(before);
    if (index < 0)
        index = versions->findData(toQt(versionToShow(registry, model).str()));
    versions->setCurrentIndex(std::max(index, versions->count() > 0 ? 0 : -1));
}

void MonitoringTab::Private::fillRuns()
{
    const QSignalBlocker quiet(runs);
    const QString before = runs->currentData().toString();
    const VersionId wanted(toStd(versions->currentData().toString()));
    runs->clear();
    for (const MonitoringRun *each : context.workspace.registry().runsOf(model)) {
        if (each->version == wanted)
            runs->addItem(runText(*each), toQt(each->id.str()));
    }
    runs->setCurrentIndex(std::max(runs->findData(before), runs->count() > 0 ? 0 : -1));
    runs->setEnabled(runs->count() > 0);
}

const MonitoringRun *MonitoringTab::Private::run() const
{
    const auto &all = context.workspace.registry().runs;
    const auto found = all.find(RunId(toStd(runs->currentData().toString())));
    return found == all.end() ? nullptr : &found->second;
}

const ModelVersion *MonitoringTab::Private::version() const
{
    const auto &all = context.workspace.registry().versions;
    const auto found = all.find(VersionId(toStd(versions->currentData().toString())));
    return found == all.end() ? nullptr : &found->second;
}

void MonitoringTab::Private::showRun()
{
    const MonitoringRun *current = run();
    if (current && reader.reads(current->id))
        return showStanding();
    reader.forget();
    if (current && current->id != shown) {
        shown = {};
        stack->setVisible(false); // until the run is there
        reader.read(current->id, [this, id = current->id](Result<RunResult> &&result) {
            if (!result)
                return messages->showError(result.error());
            shown = id;
            view->setRun(DriftViewModel(std::move(*result)));
            present(view);
        });
        return showStanding();
    }
    if (!current)
        shown = {};
    present(current ? static_cast<QWidget *>(view) : empty);
}

void MonitoringTab::Private::present(QWidget *page)
{
    stack->setVisible(true);
    stack->setCurrentWidget(page);
    showStanding();
}

bool MonitoringTab::Private::isLoaded() const
{
    const MonitoringRun *current = run();
    return current && current->id == shown;
}

void MonitoringTab::Private::showStanding()
{
    const auto &models = context.workspace.registry().models;
    const auto found = models.find(model);
    const QString name = found == models.end() ? QString() : toQt(found->second.name);
    if (const ModelVersion *each = version())
        empty->setTexts(tr("No monitoring yet"),
                        tr("Attach a scoring log to version %1 of %2 to see drift and performance per period.")
                            .arg(toQt(each->label), name),
                        tr("New run…"));
    else
        empty->setTexts(tr("No version to monitor"),
                        tr("Monitoring belongs to a version. Register one of %1 first.").arg(name),
                        tr("Go to versions"));
    const auto barred = version() ? context.workspace.whyNot("monitoringRecorded") : std::nullopt;
    empty->setDisabledReason(barred ? toQt(*barred) : QString());
    recomputeButton->setEnabled(isLoaded());
    compareButton->setEnabled(run() != nullptr);
    const bool inDatabase = isLoaded() && view->run().result().settings.sql;
    toolsButton->setEnabled(isLoaded() && !inDatabase);
    toolsButton->setToolTip(inDatabase ? tr("Other tools count rows, and those of a database stay there.")
                                       : tr("The figures as Evidently, frouros and NannyML count them, from the log"));
    gate->refresh();

    const MonitoringRun *current = run();
    if (!current || current->breaches.empty())
        standing->clear();
    else if (current->explainedAt)
        standing->showMessage(MessageBar::Kind::info,
                              tr("Breach accepted by %1 on %2: %3")
                                  .arg(nameOf(context.workspace.registry(), current->explainedBy),
                                       timeText(*current->explainedAt).left(10), toQt(current->explanation)));
    else if (const auto *answer = RunAnswers(context.workspace.registry()).of(*current))
        standing->showMessage(MessageBar::Kind::info,
                              answer->open ? tr("Answered by the open finding \"%1\".").arg(toQt(answer->title))
                                           : tr("Answered by the finding \"%1\", closed.").arg(toQt(answer->title)));
    else
        standing->showMessage(MessageBar::Kind::warning, openAlert(*current),
                              context.workspace.whyNot("findingRaised") ? QString() : tr("Raise &finding…"));
}

void MonitoringTab::Private::newRun()
{
    const ModelVersion *current = version();
    if (!current)
        return;
    auto *dialog = new MonitoringSetupDialog(context, current->id, &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MonitoringSetupDialog::recorded, &q, [this](const QString &id) {
        q.selectRun(RunId(toStd(id)));
        messages->showMessage(MessageBar::Kind::success, tr("The run is recorded."));
    });
    dialog->open();
}

void MonitoringTab::Private::explain()
{
    if (!run())
        return;
    auto *dialog = new MonitoringExplainDialog(context, *run(), &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MonitoringTab::Private::recompute()
{
    if (!isLoaded())
        return;
    recomputeButton->setEnabled(false);
    context.jobs.run(
        tr("Recompute a monitoring run"), &q,
        [recorded = view->run().result()](const CancelToken &, const Progress &) -> Result<Recomputation> {
            const auto again = recomputeRun(recorded);
            if (!again)
                return again.error();
            return compareRuns(recorded, *again);
        },
        [this](const Result<Recomputation> &found) {
            recomputeButton->setEnabled(isLoaded());
            if (!found)
                return messages->showError(found.error());
            if (found->differences.isEmpty())
                return messages->showMessage(MessageBar::Kind::success, found->summary());
            const QString first = found->differences.mid(0, 5).join(u"; "_s);
            messages->showMessage(MessageBar::Kind::error, found->summary() + u' ' + first);
        });
}

MonitoringTab::MonitoringTab(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_d(std::make_unique<Private>(*this, context))
{
}

MonitoringTab::~MonitoringTab() = default;

void MonitoringTab::showModel(const ModelId &model)
{
    if (m_d->model != model) {
        m_d->model = model;
        const QSignalBlocker quietVersions(m_d->versions);
        const QSignalBlocker quietRuns(m_d->runs);
        m_d->versions->clear();
        m_d->runs->clear();
        m_d->messages->clear();
    }
    m_d->refresh();
}

void MonitoringTab::selectRun(const RunId &run)
{
    const auto &all = m_d->context.workspace.registry().runs;
    const auto found = all.find(run);
    if (found == all.end() || found->second.model != m_d->model)
        return;
    m_d->fillVersions();
    const QSignalBlocker quietVersions(m_d->versions);
    m_d->versions->setCurrentIndex(m_d->versions->findData(toQt(found->second.version.str())));
    m_d->fillRuns();
    const QSignalBlocker quietRuns(m_d->runs);
    m_d->runs->setCurrentIndex(m_d->runs->findData(toQt(run.str())));
    m_d->showRun();
}

} // namespace countersign
