// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filterbar.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalBlocker>
#include <QToolButton>

#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

FilterBar::FilterBar(const QString &placeholder, QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_search(new QLineEdit(this))
    , m_shown(new QLabel(this))
    , m_clear(new QToolButton(this))
{
    m_search->setPlaceholderText(placeholder);
    m_search->setAccessibleName(placeholder);
    m_search->setToolTip(tr("%1 (Ctrl+F)").arg(placeholder));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 22);
    m_search->setMaximumWidth(fontMetrics().averageCharWidth() * 48);
    m_search->addAction(themedIcon(u"search"_s, this), QLineEdit::LeadingPosition);
    m_shown->setForegroundRole(QPalette::PlaceholderText);
    m_clear->setText(tr("Clear filters"));
    m_clear->setAccessibleName(tr("Clear filters"));
    m_clear->setAutoRaise(true);
    m_clear->hide();

    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addWidget(m_search, 2);
    m_row->addWidget(m_clear);
    m_row->addWidget(m_shown);
    m_row->addStretch(1);

    connect(m_search, &QLineEdit::textChanged, this, &FilterBar::follow);
    connect(m_clear, &QToolButton::clicked, this, &FilterBar::clear);
    connect(new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WindowShortcut), &QShortcut::activated, this,
            &FilterBar::focusSearch);
    connect(new QShortcut(Qt::Key_Escape, m_search, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated,
            m_search, &QLineEdit::clear);
}

QComboBox *FilterBar::addFilter(const QString &accessibleName, const QString &all)
{
    auto *filter = new QComboBox(this);
    filter->setAccessibleName(accessibleName);
    filter->setToolTip(accessibleName);
    filter->addItem(all);
    filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    filter->setMaximumWidth(fontMetrics().averageCharWidth() * 30);
    m_row->insertWidget(1 + static_cast<int>(m_filters.size()), filter);
    m_filters << filter;
    connect(filter, &QComboBox::currentIndexChanged, this, &FilterBar::follow);
    return filter;
}

void FilterBar::setChoices(QComboBox *filter, const QList<QPair<QString, QVariant>> &choices)
{
    const auto chosen = filter->currentData();
    {
        const QSignalBlocker quiet(filter);
        while (filter->count() > 1)
            filter->removeItem(filter->count() - 1);
        for (const auto &[text, value] : choices)
            filter->addItem(text, value);
        if (chosen.isValid())
            filter->setCurrentIndex(std::max(0, filter->findData(chosen)));
    }
    if (filter->currentData() != chosen)
        Q_EMIT filter->currentIndexChanged(filter->currentIndex());
}

void FilterBar::addWidget(QWidget *widget)
{
    m_row->addWidget(widget);
}

void FilterBar::setShown(qint64 shown, qint64 total)
{
    m_shown->setText(shown == total ? countText(total) : tr("%1 of %2").arg(countText(shown), countText(total)));
}

QString FilterBar::text() const
{
    return m_search->text().trimmed();
}

void FilterBar::setText(const QString &text)
{
    m_search->setText(text);
}

bool FilterBar::isActive() const
{
    return !text().isEmpty() ||
           std::any_of(m_filters.begin(), m_filters.end(), [](const QComboBox *f) { return f->currentIndex() > 0; });
}

void FilterBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void FilterBar::clear()
{
    {
        const QSignalBlocker quietSearch(m_search);
        m_search->clear();
        for (auto *filter : m_filters) {
            const QSignalBlocker quiet(filter);
            filter->setCurrentIndex(0);
        }
    }
    follow();
}

void FilterBar::follow()
{
    m_clear->setVisible(isActive());
    Q_EMIT changed();
}

} // namespace countersign
