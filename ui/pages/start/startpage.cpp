// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/start/startpage.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/shell/settings.h"
#include "ui/shell/theme.h"
#include "ui/widgets/messagebar.h"

using namespace Qt::StringLiterals;

namespace countersign {

StartPage::StartPage(const QSettings &settings, bool demonstration, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_messages(new MessageBar(this))
    , m_logo(new QLabel(this))
    , m_new(new QPushButton(tr("&New workspace..."), this))
    , m_open(new QPushButton(tr("&Open a workspace..."), this))
    , m_demonstration(new QPushButton(tr("Open the &demonstration"), this))
    , m_recentTitle(new QLabel(tr("Used &last"), this))
    , m_recent(new QListWidget(this))
{
    auto *title = new QLabel(u"Countersign"_s, this);
    auto large = font();
    large.setPointSizeF(large.pointSizeF() * 2);
    large.setBold(true);
    title->setFont(large);
    auto *claim = new QLabel(tr("Model inventory, drift, risk tiers and sign-offs in one signed file that anybody can "
                                "verify offline."),
                             this);
    claim->setWordWrap(true);
    claim->setForegroundRole(QPalette::PlaceholderText);

    auto *heading = new QHBoxLayout;
    auto *words = new QVBoxLayout;
    words->addWidget(title);
    words->addWidget(claim);
    heading->addWidget(m_logo, 0, Qt::AlignTop);
    heading->addSpacing(fontMetrics().height() / 2);
    heading->addLayout(words, 1);

    auto *buttons = new QHBoxLayout;
    for (auto *button : {m_new, m_open, m_demonstration}) {
        button->setMinimumHeight(fontMetrics().height() * 5 / 2);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    m_demonstration->setVisible(demonstration);
    m_demonstration->setToolTip(
        tr("Makes a workspace from public data and a simulated portfolio, with invented people."));
    m_new->setDefault(true);

    m_recentTitle->setBuddy(m_recent);
    m_recent->setAccessibleName(tr("Workspaces used last"));
    m_recent->setAlternatingRowColors(true);

    auto *column = new QVBoxLayout;
    column->setSpacing(fontMetrics().height());
    column->addStretch(1);
    column->addLayout(heading);
    column->addWidget(m_messages);
    column->addLayout(buttons);
    column->addWidget(m_recentTitle);
    column->addWidget(m_recent, 3);
    column->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addLayout(column, 4);
    row->addStretch(1);

    connect(m_new, &QPushButton::clicked, this, &StartPage::newRequested);
    connect(m_open, &QPushButton::clicked, this, &StartPage::openRequested);
    connect(m_demonstration, &QPushButton::clicked, this, &StartPage::demonstrationRequested);
    connect(m_recent, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT fileRequested(item->data(Qt::UserRole).toString()); });
    reload();
    redraw();
}

void StartPage::reload()
{
    m_recent->clear();
    for (const auto &path : m_settings.value(settings::recentFiles).toStringList()) {
        const QFileInfo info(path);
        auto *item = new QListWidgetItem(tr("%1\n%2").arg(info.completeBaseName(), info.absolutePath()), m_recent);
        item->setData(Qt::UserRole, path);
        item->setToolTip(path);
        if (!info.exists()) {
            item->setText(tr("%1 (not there any more)\n%2").arg(info.completeBaseName(), info.absolutePath()));
            item->setFlags(Qt::NoItemFlags);
        }
    }
    const bool any = m_recent->count() > 0;
    m_recent->setVisible(any);
    m_recentTitle->setVisible(any);
}

void StartPage::focusStart()
{
    if (m_recent->isVisible()) {
        m_recent->setCurrentRow(0);
        m_recent->setFocus();
    } else {
        m_new->setFocus();
    }
}

void StartPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        redraw();
}

void StartPage::redraw()
{
    const auto side = fontMetrics().height() * 4;
    m_logo->setPixmap(themedIcon(u"countersign"_s, this).pixmap(QSize(side, side), devicePixelRatioF()));
    m_new->setIcon(themedIcon(u"add"_s, this));
    m_open->setIcon(themedIcon(u"open"_s, this));
    m_demonstration->setIcon(themedIcon(u"drift"_s, this));
}

} // namespace countersign
