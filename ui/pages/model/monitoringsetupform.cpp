// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringsetupform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <limits>

#include "core/workspace/importer.h"
#include "ui/pages/model/choicedelegate.h"
#include "ui/pages/model/logsourceform.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/monitoringsetupcolumns.h"
#include "ui/pages/model/referenceform.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

QString periodName(PeriodKind kind)
{
    switch (kind) {
    case PeriodKind::Month:
        return MonitoringSetupForm::tr("Month");
    case PeriodKind::Week:
        return MonitoringSetupForm::tr("Week");
    case PeriodKind::Day:
        return MonitoringSetupForm::tr("Day");
    case PeriodKind::Year:
        return MonitoringSetupForm::tr("Year");
    case PeriodKind::Rows:
        break;
    }
    return MonitoringSetupForm::tr("Number of rows");
}

QHBoxLayout *withButton(QWidget *field, QPushButton *button)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(field, 1);
    row->addWidget(button);
    return row;
}

QLineEdit *pathLine(const QString &name)
{
    auto *line = new QLineEdit;
    line->setReadOnly(true);
    line->setAccessibleName(name);
    return line;
}

} // namespace

MonitoringSetupForm::MonitoringSetupForm(Context &context, const ModelVersion &version, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_version(version)
    , m_tabs(new QTabWidget(this))
    , m_source(new LogSourceForm(context))
    , m_columns(new MonitoringSetupColumns(this))
{
    m_tabs->addTab(m_source, tr("&1 Scoring log"));
    m_tabs->addTab(makeJudged(), tr("&2 Columns, periods and reference"));
    m_tabs->setAccessibleName(tr("Parts of the set-up"));
    auto *limitsLabel = quietLabel(this);
    limitsLabel->setText(tr("Limits: %1").arg(limitsText(context.workspace.policy(), limits())));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs, 1);
    column->addWidget(limitsLabel);
    connect(m_columns, &QAbstractItemModel::dataChanged, this, &MonitoringSetupForm::follow);
    connect(m_source, &LogSourceForm::changed, this, &MonitoringSetupForm::followLog);
    connect(m_reference, &ReferenceForm::changed, this, &MonitoringSetupForm::follow);
    connect(m_reference, &ReferenceForm::read, this, &MonitoringSetupForm::changed);
    setFocusProxy(m_source);
    followLog();
}

void MonitoringSetupForm::beginWith(const RunSettings &last)
{
    if (!m_source->chosen().empty())
        return;
    m_last = last;
    ChosenLog log = ChosenLog::of(last);
    QStringList gone;
    std::erase_if(log.paths, [&gone](const std::string &path) {
        const bool there = QFileInfo::exists(toQt(path));
        if (!there)
            gone << QFileInfo(toQt(path)).fileName();
        return !there;
    });
    if (!gone.isEmpty())
        m_gone = tr("%1 of the last run is no longer there.").arg(gone.join(u", "_s));
    m_source->open(log);
}

MonitoringLimits MonitoringSetupForm::limits() const
{
    const auto &workspace = m_context.workspace;
    return limitsOf(workspace.policy(), workspace.registry(), m_version.model);
}

QWidget *MonitoringSetupForm::makeJudged()
{
    auto *page = new QWidget(this);
    auto *left = new QVBoxLayout;
    left->addWidget(makeParts());
    left->addWidget(makePeriods());
    left->addWidget(makeImportance());
    left->addStretch(1);
    auto *halves = new QHBoxLayout(page);
    halves->addLayout(left, 4);
    halves->addWidget(makeColumns(), 5);
    return page;
}

QWidget *MonitoringSetupForm::makeParts()
{
    auto *box = new QGroupBox(tr("Columns with a part"), this);
    auto *form = new QFormLayout(box);
    const auto add = [&](const QString &label, const QString &help) {
        auto *choice = new QComboBox(box);
        choice->setToolTip(help);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(16);
        form->addRow(label, choice);
        choice->setAccessibleName(QString(label).remove(u'&'));
        connect(choice, &QComboBox::currentIndexChanged, this, &MonitoringSetupForm::follow);
        return choice;
    };
    m_time = add(tr("&Time"), tr("Date or date and time of the prediction"));
    m_score = add(tr("&Score"), tr("Probability or score; with a yes-or-no target it gives the AUC"));
    m_prediction = add(tr("&Prediction"), tr("Predicted value; with a numeric target it gives the RMSE"));
    m_target = add(tr("Tar&get"), tr("What happened; empty cells are outcomes not known yet"));
    const auto addValue = [&](const QString &label, const QString &help, const QString &placeholder) {
        auto *value = new QComboBox(box);
        value->setEditable(true);
        value->lineEdit()->setPlaceholderText(placeholder);
        value->setToolTip(help);
        value->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        value->setMinimumContentsLength(16);
        value->setAccessibleName(QString(label).remove(u'&'));
        form->addRow(label, value);
        connect(value, &QComboBox::editTextChanged, this, &MonitoringSetupForm::follow);
        return value;
    };
    m_positive = addValue(tr("E&vent"), tr("The value of the target that the score foretells, as \"default\""),
                          tr("by its name, else the larger"));
    m_grade = add(tr("&Rating grade"), tr("The grade that the model gives: event rates are tested by these grades, "
                                          "and by groups of equal size where there is none"));
    m_segment = add(tr("S&egment"), tr("Restrict the run to the rows of one segment"));
    m_segmentValue = addValue(tr("&Only segment"), tr("The value of the segment column that the rows hold"), tr("all"));
    m_threshold = new QDoubleSpinBox(box);
    m_threshold->setAccessibleName(tr("Decision threshold"));
    m_threshold->setToolTip(
        tr("A score at or over it is taken for the event: accuracy, precision, recall and decisions "
           "follow from it"));
    m_threshold->setDecimals(4);
    m_threshold->setRange(-1e9, 1e9);
    m_threshold->setSingleStep(0.05);
    m_threshold->setValue(DecisionRule().threshold);
    form->addRow(tr("&Decision threshold"), m_threshold);
    m_favourable = new QComboBox(box);
    m_favourable->setAccessibleName(tr("Favourable to people"));
    m_favourable->addItem(tr("A score at or over the threshold"), static_cast<int>(FavourableDecision::AtOrOver));
    m_favourable->addItem(tr("A score under the threshold"), static_cast<int>(FavourableDecision::Under));
    m_favourable->setToolTip(tr("Which decision fairness counts as the favourable one"));
    form->addRow(tr("Favoura&ble to people"), m_favourable);
    return box;
}

QWidget *MonitoringSetupForm::makePeriods()
{
    auto *box = new QGroupBox(tr("Periods and reference"), this);
    m_period = new QComboBox(box);
    m_period->setAccessibleName(tr("Period"));
    for (const PeriodKind kind : enumValues<PeriodKind>())
        m_period->addItem(periodName(kind), static_cast<int>(kind));
    m_rowsPerPeriod = new QSpinBox(box);
    m_rowsPerPeriod->setRange(1, std::numeric_limits<int>::max());
    m_rowsPerPeriod->setAccessibleName(tr("Rows per period"));
    m_rowsPerPeriod->setGroupSeparatorShown(true);
    auto *period = new QHBoxLayout;
    period->addWidget(m_period);
    period->addWidget(m_rowsPerPeriod, 1);

    m_reference = new ReferenceForm(m_context, box);
    auto *form = new QFormLayout(box);
    auto *label = new QLabel(tr("Per&iod"), box);
    label->setBuddy(m_period);
    form->addRow(label, period);
    form->addRow(tr("Reference"), m_reference);
    connect(m_period, &QComboBox::currentIndexChanged, this, &MonitoringSetupForm::follow);
    connect(m_rowsPerPeriod, &QSpinBox::valueChanged, this, &MonitoringSetupForm::follow);
    return box;
}

QWidget *MonitoringSetupForm::makeImportance()
{
    auto *box = new QGroupBox(tr("Importance of the features"), this);
    const auto known = m_version.importance.size();
    m_versionImportance =
        new QRadioButton(tr("Of version %1 (%2 features)").arg(toQt(m_version.label)).arg(known), box);
    m_versionImportance->setEnabled(known > 0);
    m_versionImportance->setChecked(known > 0);
    m_noImportance = new QRadioButton(tr("Not known"), box);
    m_noImportance->setChecked(known == 0);
    m_fileImportance = new QRadioButton(tr("From a file"), box);
    m_importancePath = pathLine(tr("Importance file"));
    m_importancePath->setPlaceholderText(tr("CSV with feature and importance"));
    auto *choose = new QPushButton(tr("Choose…"), box);
    choose->setAccessibleName(tr("Choose the importance file"));
    connect(choose, &QPushButton::clicked, this, [this] {
        if (const auto path = m_context.dialogs.openFile(this, tr("Choose the importance table"),
                                                         tr("Tables (*.csv *.tsv *.txt *.gz);;All files (*)")))
            openImportance(*path);
    });
    auto *row = withButton(m_importancePath, choose);
    row->insertWidget(0, m_fileImportance);
    auto *column = new QVBoxLayout(box);
    auto *plain = new QHBoxLayout;
    plain->addWidget(m_versionImportance);
    plain->addWidget(m_noImportance);
    plain->addStretch(1);
    column->addLayout(plain);
    column->addLayout(row);
    for (QRadioButton *button : {m_versionImportance, m_noImportance, m_fileImportance})
        connect(button, &QRadioButton::toggled, this, &MonitoringSetupForm::follow);
    return box;
}

QWidget *MonitoringSetupForm::makeColumns()
{
    auto *box = new QGroupBox(tr("Features"), this);
    m_table = new QTableView(box);
    m_table->setAccessibleName(tr("Columns of the scoring log"));
    m_table->setModel(m_columns);
    m_table->setItemDelegateForColumn(MonitoringSetupColumns::Comparison,
                                      new ChoiceDelegate(MonitoringSetupColumns::ChoicesRole, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_used = new QLabel(box);
    auto *all = new QPushButton(tr("Use a&ll"), box);
    auto *none = new QPushButton(tr("Use n&one"), box);
    connect(all, &QPushButton::clicked, this, [this] { m_columns->setAllUsed(true); });
    connect(none, &QPushButton::clicked, this, [this] { m_columns->setAllUsed(false); });
    auto *row = new QHBoxLayout;
    row->addWidget(m_used, 1);
    row->addWidget(all);
    row->addWidget(none);
    auto *column = new QVBoxLayout(box);
    m_tests = new QCheckBox(tr("Also energ&y distance, Cramér-von Mises, Anderson-Darling and exact KS"), box);
    m_tests->setToolTip(
        tr("They go through all values of the numbers once more, and up to 10,000 values a side KS has an "
           "exact p-value. No verdict rests on them."));
    connect(m_tests, &QCheckBox::toggled, this, &MonitoringSetupForm::follow);
    column->addWidget(m_table, 1);
    column->addLayout(row);
    column->addWidget(m_tests);
    return box;
}

void MonitoringSetupForm::openLog(const QString &path)
{
    m_source->open({{toStd(path)}, m_source->chosen().dialect, {}});
}

std::string MonitoringSetupForm::databasePassword() const
{
    return m_source->password();
}

/// What the person has set so far, to go on with where the log is understood otherwise; else the last run's.
std::optional<RunSettings> MonitoringSetupForm::begun() const
{
    if (!m_touched)
        return m_last;
    RunSettings begun = settings();
    const LogPreview &preview = *m_source->preview();
    for (auto [role, guess] : {std::pair{&begun.roles.time, &preview.roles.time},
                               {&begun.roles.score, &preview.roles.score},
                               {&begun.roles.target, &preview.roles.target}}) {
        if (role->empty())
            *role = *guess;
    }
    return begun;
}

void MonitoringSetupForm::followLog()
{
    const auto &preview = m_source->preview();
    m_tabs->setTabEnabled(1, preview.has_value() || m_filled);
    if (preview) {
        m_gone.clear();
        const auto last = begun();
        m_reference->setLog(m_source->chosen(), m_source->password());
        m_reference->setProfile(preview->profile);
        fill(proposedSettings(m_source->chosen(), *preview, limits(), last));
        return;
    }
    Q_EMIT changed();
}

void MonitoringSetupForm::openImportance(const QString &path)
{
    m_importancePath->setText(path);
    m_fileImportance->setChecked(true);
    m_importance.clear();
    m_importanceError.clear();
    const auto table = openInventory(toStd(path));
    const auto found = table ? importanceFrom(*table) : Result<std::map<std::string, double>>(table.error());
    if (found)
        m_importance = *found;
    else
        m_importanceError = toQt(found.error().text());
    follow();
}

void MonitoringSetupForm::fillPart(QComboBox *box, const std::string &chosen)
{
    box->clear();
    box->addItem(tr("none"), QString());
    for (const PreviewColumn &column : m_source->preview()->columns) {
        if (box != m_time || column.isTime || column.name == chosen)
            box->addItem(toQt(column.name), toQt(column.name));
    }
    box->setCurrentIndex(std::max(0, box->findData(toQt(chosen))));
}

void MonitoringSetupForm::offerValues(QComboBox *box, const std::string &column)
{
    if (box->property("column").toString() == toQt(column))
        return;
    box->setProperty("column", toQt(column));
    box->clear();
    for (const PreviewColumn &each : m_source->preview()->columns)
        if (each.name == column)
            box->addItems(toQt(each.values));
    box->setCurrentIndex(-1);
    box->clearEditText();
}

void MonitoringSetupForm::fill(const RunSettings &settings)
{
    {
        const QScopedValueRollback quiet(m_filling, true);
        m_columns->setPreview(*m_source->preview(), settings);
        for (QComboBox *values : {m_positive, m_segmentValue})
            values->setProperty("column", {}); // of another log
        fillPart(m_time, settings.roles.time);
        fillPart(m_score, settings.roles.score);
        fillPart(m_prediction, settings.roles.prediction);
        fillPart(m_target, settings.roles.target);
        fillPart(m_grade, settings.roles.grade);
        fillPart(m_segment, settings.roles.segment);
        offerValues(m_positive, settings.roles.target);
        m_positive->setEditText(toQt(settings.roles.positive));
        offerValues(m_segmentValue, settings.roles.segment);
        m_segmentValue->setEditText(toQt(settings.segmentValue.value_or("")));
        m_threshold->setValue(settings.decision.threshold);
        m_favourable->setCurrentIndex(m_favourable->findData(static_cast<int>(settings.decision.favourable)));
        m_period->setCurrentIndex(m_period->findData(static_cast<int>(settings.period)));
        m_rowsPerPeriod->setValue(static_cast<int>(std::max<std::uint64_t>(1, settings.rowsPerPeriod)));
        m_reference->setReference(settings);
        m_tests->setChecked(settings.testsOfValues);
        m_table->resizeColumnsToContents();
        m_table->setColumnWidth(MonitoringSetupColumns::Name,
                                std::min(m_table->columnWidth(MonitoringSetupColumns::Name), 200));
    }
    const bool touched = m_touched;
    follow();
    m_filled = true;
    m_touched = touched;
}

ColumnRoles MonitoringSetupForm::parts() const
{
    const auto chosen = [](const QComboBox *box) { return toStd(box->currentData().toString()); };
    ColumnRoles roles;
    roles.time = chosen(m_time);
    roles.score = chosen(m_score);
    roles.prediction = chosen(m_prediction);
    roles.target = chosen(m_target);
    roles.segment = chosen(m_segment);
    roles.grade = chosen(m_grade);
    if (!roles.score.empty() && !roles.target.empty())
        roles.positive = toStd(m_positive->currentText().trimmed());
    return roles;
}

void MonitoringSetupForm::follow()
{
    if (m_filling)
        return;
    m_touched = m_filled;
    const QScopedValueRollback quiet(m_filling, true);
    const ColumnRoles roles = parts();
    m_columns->setParts(roles);
    if (m_source->preview()) {
        offerValues(m_positive, roles.target);
        offerValues(m_segmentValue, roles.segment);
    }
    m_positive->setEnabled(!roles.score.empty() && !roles.target.empty());
    m_used->setText(tr("%1 of %2 columns judged").arg(m_columns->used()).arg(m_columns->rowCount()));
    const bool profile = m_source->preview() && m_source->preview()->profile;
    for (QWidget *needsRows : std::initializer_list<QWidget *>{m_time, m_target, m_grade, m_segment, m_period})
        needsRows->setEnabled(!profile);
    m_rowsPerPeriod->setEnabled(!profile && m_period->currentData().toInt() == static_cast<int>(PeriodKind::Rows));
    m_segmentValue->setEnabled(m_segment->currentIndex() > 0);
    m_tests->setEnabled(readsRows());
    Q_EMIT changed();
}

bool MonitoringSetupForm::readsRows() const
{
    return m_source->preview() && !m_source->preview()->profile && !m_source->chosen().sql;
}

RunSettings MonitoringSetupForm::settings() const
{
    RunSettings settings;
    m_source->chosen().writeTo(settings);
    settings.roles = parts();
    m_columns->read(settings);
    settings.period = static_cast<PeriodKind>(m_period->currentData().toInt());
    if (settings.period == PeriodKind::Rows)
        settings.rowsPerPeriod = static_cast<std::uint64_t>(m_rowsPerPeriod->value());
    m_reference->write(settings);
    settings.testsOfValues = readsRows() && m_tests->isChecked();
    const QString segment = m_segmentValue->currentText();
    if (m_segment->currentIndex() > 0 && !segment.isEmpty())
        settings.segmentValue = toStd(segment);
    settings.thresholds = thresholdsOf(limits());
    settings.decision.threshold = m_threshold->value();
    settings.decision.favourable = static_cast<FavourableDecision>(m_favourable->currentData().toInt());
    if (m_fileImportance->isChecked())
        settings.importance = m_importance;
    else if (m_versionImportance->isChecked())
        for (const FeatureImportance &each : m_version.importance)
            settings.importance[each.feature] = each.importance;
    return settings;
}

QStringList MonitoringSetupForm::problems() const
{
    if (const QString problem = m_source->problem(); !problem.isEmpty())
        return m_gone.isEmpty() ? QStringList{problem} : QStringList{m_gone, problem};
    QStringList found = m_reference->problems();
    if (found.isEmpty())
        found = problemsWith(settings(), *m_source->preview(), m_reference->preview());
    if (m_fileImportance->isChecked() && m_importance.empty())
        found << (m_importanceError.isEmpty() ? tr("Choose the importance file.") : m_importanceError);
    return found;
}

} // namespace countersign
