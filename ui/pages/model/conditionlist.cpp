// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/conditionlist.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

class ConditionList::Line : public QWidget
{
public:
    Line(const ConditionList &list, int number, QWidget *parent)
        : QWidget(parent)
        , text(new QLineEdit(this))
        , owner(new QComboBox(this))
        , due(new QDateEdit(toQDate(list), this))
        , remove(new QToolButton(this))
    {
        text->setPlaceholderText(ConditionList::tr("What has to be done"));
        text->setAccessibleName(ConditionList::tr("Condition %1").arg(number));
        owner->setEditable(true);
        owner->setInsertPolicy(QComboBox::NoInsert);
        owner->addItems(list.m_people);
        owner->setEditText(list.m_owner);
        owner->setAccessibleName(ConditionList::tr("Owner of condition %1").arg(number));
        due->setCalendarPopup(true);
        due->setDisplayFormat(u"yyyy-MM-dd"_s);
        due->setAccessibleName(ConditionList::tr("Due day of condition %1").arg(number));
        remove->setIcon(themedIcon(u"close"_s));
        remove->setAutoRaise(true);
        remove->setToolTip(ConditionList::tr("Take this condition out"));
        remove->setAccessibleName(ConditionList::tr("Take condition %1 out").arg(number));
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(text, 5);
        row->addWidget(owner, 3);
        row->addWidget(due);
        row->addWidget(remove);
    }

    QLineEdit *text;
    QComboBox *owner;
    QDateEdit *due;
    QToolButton *remove;

private:
    static QDate toQDate(const ConditionList &list) { return list.m_due; }
};

ConditionList::ConditionList(const QStringList &people, const QString &owner, const QDate &due, QWidget *parent)
    : QWidget(parent)
    , m_people(people)
    , m_owner(owner)
    , m_due(due)
    , m_rows(new QVBoxLayout)
    , m_add(new QPushButton(tr("&Add a condition"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_rows);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    m_add->setAutoDefault(false);
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, &ConditionList::add);
}

void ConditionList::add()
{
    auto *line = new Line(*this, static_cast<int>(m_lines.size()) + 1, this);
    m_lines.push_back(line);
    m_rows->addWidget(line);
    connect(line->text, &QLineEdit::textChanged, this, &ConditionList::changed);
    connect(line->owner, &QComboBox::currentTextChanged, this, &ConditionList::changed);
    connect(line->due, &QDateEdit::dateChanged, this, &ConditionList::changed);
    connect(line->remove, &QToolButton::clicked, this, [this, line] {
        std::erase(m_lines, line);
        line->hide();
        line->deleteLater();
        Q_EMIT changed();
    });
    line->text->setFocus();
    Q_EMIT changed();
}

std::vector<DueCondition> ConditionList::conditions() const
{
    std::vector<DueCondition> all;
    for (const auto *line : m_lines) {
        DueCondition condition;
        condition.text = typed(line->text);
        condition.owner = toStd(line->owner->currentText().trimmed());
        condition.dueOn = fromQt(line->due->date());
        all.push_back(condition);
    }
    return all;
}

QString ConditionList::missing() const
{
    for (const auto &condition : conditions())
        if (condition.text.empty() || condition.owner.empty())
            return tr("Each condition says what has to be done and who owes it.");
    return {};
}

} // namespace countersign
