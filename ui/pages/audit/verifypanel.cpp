// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/audit/verifypanel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/workspace/importer.h"
#include "ui/jobs/jobrunner.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr int rowsShown = 4;

std::vector<RecordColumn<Fault>> faultColumns()
{
    using Column = RecordColumn<Fault>;
    return {
        Column(VerifyPanel::tr("Entry"),
               [](const Fault &fault) { return fault.seq ? QString::number(*fault.seq) : VerifyPanel::tr("File"); }),
        Column(VerifyPanel::tr("What was found"), [](const Fault &fault) { return toQt(fault.text); })};
}

} // namespace

VerifyPanel::VerifyPanel(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_result(new MessageBar(this))
    , m_working(new QWidget(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Ca&ncel"), this))
    , m_faults(new RecordModel<Fault>(
          faultColumns(), [](const Fault &fault) { return QString::number(fault.seq.value_or(0)) + toQt(fault.text); },
          this))
    , m_table(new TableView(tr("Faults"), this))
{
    m_table->setModel(m_faults);
    m_table->setSortingEnabled(false);
    m_table->setFixedHeight(fontMetrics().height() * 2 * (rowsShown + 1));
    m_table->hide();
    m_progress->setAccessibleName(tr("Progress of the verification"));
    auto *row = new QHBoxLayout(m_working);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(new QLabel(tr("Verifying"), this));
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    m_working->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_result);
    column->addWidget(m_working);
    column->addWidget(m_table);

    connect(m_cancel, &QPushButton::clicked, &context.jobs, &JobRunner::cancelCurrent);
    connect(&context.jobs, &JobRunner::progressed, this, [this](const QString &, qulonglong done, qulonglong total) {
        constexpr int steps = 1000;
        if (!m_running)
            return;
        m_progress->setRange(0, total > 0 ? steps : 0);
        if (total > 0)
            m_progress->setValue(static_cast<int>(static_cast<double>(done) / static_cast<double>(total) * steps));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (const auto *fault = m_faults->recordAt(index); fault && fault->seq)
            Q_EMIT faultSelected(static_cast<qint64>(*fault->seq));
    });
}

void VerifyPanel::verify(const std::optional<std::string> &checkpoint)
{
    if (m_running)
        return;
    m_running = true;
    m_result->clear();
    m_table->hide();
    m_progress->setRange(0, 0);
    m_working->show();
    m_context.jobs.run(
        tr("Verifying the file"), this,
        [path = m_context.workspace.path(), checkpoint](const CancelToken &cancel, const Progress &progress) {
            return verifyFile(path, checkpoint, cancel, progress);
        },
        [this, withCheckpoint = checkpoint.has_value()](const Result<VerificationReport> &report) {
            m_running = false;
            m_working->hide();
            if (report) {
                show(*report, withCheckpoint);
                Q_EMIT verified(*report);
            } else if (report.error().code == ErrorCode::Cancelled) {
                m_result->showMessage(MessageBar::Kind::info, tr("The verification was cancelled; it says nothing."));
            } else {
                m_result->showError(report.error());
            }
        });
}

void VerifyPanel::chooseCheckpointAndVerify()
{
    const auto path =
        m_context.dialogs.openFile(this, tr("Checkpoint kept from before"), tr("Checkpoints (*.txt);;All files (*)"));
    if (!path)
        return;
    const auto text = readFile(toStd(*path));
    if (text)
        verify(*text);
    else
        m_result->showError(text.error());
}

void VerifyPanel::show(const VerificationReport &report, bool withCheckpoint)
{
    const auto entries = countText(static_cast<qint64>(report.entriesChecked), tr("entry"), tr("entries"));
    m_faults->setRecords(report.faults);
    m_table->setVisible(!report.valid());
    if (report.valid()) {
        auto text = tr("The file verifies: %1, %2.")
                        .arg(entries, countText(static_cast<qint64>(report.signaturesChecked), tr("signature"),
                                                tr("signatures")));
        if (withCheckpoint)
            text += u' ' + tr("It holds everything that the checkpoint vouches for.");
        m_result->showMessage(MessageBar::Kind::success, text);
        return;
    }
    m_result->showMessage(MessageBar::Kind::error,
                          tr("The file does not verify: %1 in %2. The first: %3")
                              .arg(countText(static_cast<qint64>(report.faults.size()), tr("fault"), tr("faults")),
                                   entries, toQt(report.faults.front().text)));
    m_table->fitColumns(120);
    m_table->selectRow(0);
}

} // namespace countersign
