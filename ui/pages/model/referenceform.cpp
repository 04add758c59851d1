// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/referenceform.h"

#include <QDateEdit>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include "core/workspace/importer.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

ReferenceForm::ReferenceForm(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_reading(context.jobs)
    , m_untilButton(new QRadioButton(tr("&Until")))
    , m_firstButton(new QRadioButton(tr("&First")))
    , m_otherButton(new QRadioButton(tr("&Another log")))
    , m_until(new QDateEdit)
    , m_first(new QSpinBox)
    , m_other(new QLineEdit)
    , m_choose(new QPushButton(tr("Choose…")))
{
    m_until->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_until->setCalendarPopup(true);
    m_until->setAccessibleName(tr("Reference until"));
    m_first->setRange(1, 1000);
    m_first->setSuffix(tr(" periods"));
    m_first->setAccessibleName(tr("First periods as reference"));
    m_firstButton->setChecked(true);
    m_choose->setAccessibleName(tr("Choose the reference log"));
    auto *menu = new QMenu(m_choose);
    auto *file = menu->addAction(tr("A &file…"));
    auto *folder = menu->addAction(tr("A f&older…"));
    m_choose->setMenu(menu);
    auto *other = new QHBoxLayout;
    other->addWidget(m_other, 1);
    other->addWidget(m_choose);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_untilButton, 0, 0);
    grid->addWidget(m_until, 0, 1);
    grid->addWidget(m_firstButton, 1, 0);
    grid->addWidget(m_first, 1, 1);
    grid->addWidget(m_otherButton, 2, 0);
    grid->addLayout(other, 2, 1);

    connect(file, &QAction::triggered, this, [this] {
        if (const auto path = m_context.dialogs.openFile(this, tr("Choose the reference log"), tr("All files (*)")))
            choose(*path);
    });
    connect(folder, &QAction::triggered, this, [this] {
        if (const auto path = m_context.dialogs.chooseFolder(this, tr("Choose the folder of the reference")))
            choose(*path);
    });
    connect(m_other, &QLineEdit::editingFinished, this, [this] {
        if (m_other->isModified())
            choose(m_other->text().trimmed());
    });
    for (QRadioButton *button : {m_untilButton, m_firstButton, m_otherButton})
        connect(button, &QRadioButton::toggled, this, [this] {
            follow();
            Q_EMIT changed();
        });
    connect(m_until, &QDateEdit::dateChanged, this, &ReferenceForm::changed);
    connect(m_first, &QSpinBox::valueChanged, this, &ReferenceForm::changed);
    follow();
}

void ReferenceForm::setLog(const ChosenLog &log, const std::string &password)
{
    const bool otherPlace = log.sql.has_value() != inDatabase();
    const bool sameWriting = log.sql
                                 ? m_log.sql && m_log.sql->connection == log.sql->connection && m_password == password
                                 : log.dialect == m_log.dialect;
    m_log = log;
    m_password = password;
    if (otherPlace)
        m_other->clear();
    if (otherPlace || !sameWriting)
        look();
}

void ReferenceForm::setReference(const RunSettings &settings)
{
    const QSignalBlocker quiet(this);
    const std::string other = settings.sql ? settings.sql->referenceQuery : settings.reference.path;
    m_until->setDate(settings.reference.until ? toQt(*settings.reference.until)
                                              : toQt(m_context.workspace.today()).addYears(-1));
    m_first->setValue(static_cast<int>(std::max<std::uint64_t>(1, settings.reference.firstPeriods)));
    (!other.empty() ? m_otherButton : settings.reference.until ? m_untilButton : m_firstButton)->setChecked(true);
    if (!other.empty() && toStd(m_other->text()) != other)
        open(toQt(other));
}

void ReferenceForm::write(RunSettings &settings) const
{
    if (m_untilButton->isChecked())
        settings.reference.until = fromQt(m_until->date());
    else if (m_firstButton->isChecked())
        settings.reference.firstPeriods = static_cast<std::uint64_t>(m_first->value());
    else if (settings.sql)
        settings.sql->referenceQuery = typed(m_other);
    else
        settings.reference.path = typed(m_other);
}

QStringList ReferenceForm::problems() const
{
    if (!m_otherButton->isChecked())
        return {};
    if (m_other->text().trimmed().isEmpty())
        return {inDatabase() ? tr("Name the table or query of the reference.") : tr("Choose the reference log.")};
    if (m_reading.running())
        return {tr("The reference is being read.")};
    return m_error.isEmpty() ? QStringList() : QStringList{tr("The reference: %1").arg(m_error)};
}

void ReferenceForm::choose(const QString &other)
{
    open(other);
    Q_EMIT changed();
}

void ReferenceForm::open(const QString &other)
{
    m_other->setText(other);
    m_other->setModified(false);
    {
        const QSignalBlocker quiet(m_otherButton);
        m_otherButton->setChecked(true);
    }
    look();
}

void ReferenceForm::look()
{
    m_reading.forget();
    m_preview.reset();
    m_error.clear();
    const std::string other = typed(m_other);
    if (!other.empty()) {
        std::optional<SqlSource> source;
        if (m_log.sql)
            source = SqlSource{m_log.sql->connection, other, {}};
        m_reading.run(
            tr("Read a reference log"),
            [source, other, dialect = m_log.dialect, password = m_password](const CancelToken &cancel,
                                                                            const Progress &) {
                return source ? previewDatabaseLog(*source, password, cancel)
                              : previewScoringLog(other, dialect, {}, cancel);
            },
            [this](const Result<LogPreview> &preview) {
                if (preview)
                    m_preview = *preview;
                else
                    m_error = toQt(preview.error().text());
                Q_EMIT read();
            });
    }
    follow();
}

void ReferenceForm::follow()
{
    const bool other = m_otherButton->isChecked();
    m_until->setEnabled(m_untilButton->isChecked());
    m_first->setEnabled(m_firstButton->isChecked());
    m_other->setReadOnly(!inDatabase());
    m_other->setEnabled(other || !inDatabase());
    m_other->setAccessibleName(inDatabase() ? tr("Reference table or query") : tr("Reference file or folder"));
    m_other->setPlaceholderText(inDatabase() ? tr("Table or query with the same columns") : tr("A file or folder"));
    m_choose->setVisible(!inDatabase());
}

} // namespace countersign
