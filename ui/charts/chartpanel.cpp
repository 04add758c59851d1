// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartpanel.h"

#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "core/workspace/importer.h"
#include "ui/charts/captionlabel.h"
#include "ui/charts/plotview.h"
#include "ui/shell/dialogservice.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr int fewestCaptionLines = 2;
constexpr int mostCaptionLines = 5;
constexpr int heightPerCaptionLine = 110;

QTableView *textAlternative(QAbstractItemModel *model)
{
    auto *table = new QTableView;
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->setAlternatingRowColors(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

} // namespace

ChartPanel::ChartPanel(PlotView *plot, QString fileStem, DialogService &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_plot(plot)
    , m_fileStem(std::move(fileStem))
    , m_dialogs(dialogs)
    , m_title(new QLabel)
    , m_menuButton(new QToolButton)
    , m_menu(new QMenu(this))
    , m_stack(new QStackedWidget)
    , m_tableModel(new ChartTableModel(this))
    , m_caption(new CaptionLabel(fewestCaptionLines))
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_menuButton->setText(u"⋯"_s);
    m_menuButton->setAutoRaise(true);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setMenu(m_menu);
    m_menuButton->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    m_menuButton->setToolTip(tr("Export, copy, show as a table"));
    fillMenu();

    m_stack->addWidget(plot);
    m_stack->addWidget(textAlternative(m_tableModel));

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_menuButton);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    column->addWidget(m_caption);

    connect(plot, &PlotView::contentChanged, this, &ChartPanel::follow);
    follow();
}

void ChartPanel::fillMenu()
{
    const auto add = [this](const QString &text, const QString &shortcut, auto slot) {
        QAction *action = m_menu->addAction(text, this, slot);
        action->setShortcut(QKeySequence(shortcut));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        return action;
    };
    add(tr("Export &image (PNG)…"), u"Ctrl+Shift+P"_s, &ChartPanel::exportPng);
    add(tr("Export &data (CSV)…"), u"Ctrl+Shift+E"_s, &ChartPanel::exportCsv);
    m_menu->addSeparator();
    add(tr("&Copy image"), u"Ctrl+C"_s, &ChartPanel::copyImage);
    add(tr("Copy d&ata"), u"Ctrl+Shift+C"_s, &ChartPanel::copyData);
    m_menu->addSeparator();
    m_tableAction = add(tr("Show as &table"), u"Ctrl+T"_s, [this] { setShowsTable(m_tableAction->isChecked()); });
    m_tableAction->setCheckable(true);
    m_enlargeAction =
        add(tr("&Enlarge"), u"Ctrl+Return"_s, [this] { Q_EMIT enlargeToggled(m_enlargeAction->isChecked()); });
    m_enlargeAction->setCheckable(true);
}

void ChartPanel::follow()
{
    const QString title = m_plot->title();
    m_title->setText(title);
    m_title->setToolTip(title);
    m_menuButton->setAccessibleName(tr("Actions of the chart %1").arg(title));
    m_caption->setText(m_plot->caption());
    auto *table = static_cast<QTableView *>(m_stack->widget(1));
    table->setAccessibleName(tr("%1 as a table").arg(title));
    table->setAccessibleDescription(m_plot->description());
    if (showsTable()) {
        m_tableModel->setTable(m_plot->table());
        table->resizeColumnsToContents();
    }
}

bool ChartPanel::showsTable() const
{
    return m_stack->currentIndex() == 1;
}

void ChartPanel::setShowsTable(bool table)
{
    const bool focus = m_stack->currentWidget()->hasFocus();
    m_tableAction->setChecked(table);
    m_stack->setCurrentIndex(table ? 1 : 0);
    if (focus)
        m_stack->currentWidget()->setFocus();
    follow();
}

void ChartPanel::setEnlarged(bool enlarged)
{
    m_enlargeAction->setChecked(enlarged);
}

QImage ChartPanel::image(double scale) const
{
    constexpr int margin = 10;
    const int width = std::max(m_plot->width(), 200);
    const int height = std::max(m_plot->height(), 120);
    const QRect titleArea =
        m_title->fontMetrics().boundingRect(QRect(0, 0, width, 200), Qt::TextWordWrap, m_plot->title());
    const QFontMetrics small(m_caption->font());
    const QRect captionArea = small.boundingRect(QRect(0, 0, width, 2000), Qt::TextWordWrap, m_plot->caption());
    const QSize size(width + 2 * margin, titleArea.height() + height + captionArea.height() + 4 * margin);
    QImage image(QSize(static_cast<int>(std::lround(scale * size.width())),
                       static_cast<int>(std::lround(scale * size.height()))),
                 QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    const ChartStyle style = ChartStyle::of(palette());
    image.fill(style.background);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(style.text);
    painter.setFont(m_title->font());
    painter.drawText(QRect(margin, margin, width, titleArea.height()), Qt::TextWordWrap, m_plot->title());
    const int top = 2 * margin + titleArea.height();
    m_plot->paintPlain(painter, QRectF(margin, top, width, height));
    painter.setPen(style.mutedText);
    painter.setFont(m_caption->font());
    painter.drawText(QRect(margin, top + height + margin, width, captionArea.height()), Qt::TextWordWrap,
                     m_plot->caption());
    return image;
}

QByteArray ChartPanel::csv() const
{
    return toCsv(m_plot->table());
}

void ChartPanel::save(const QString &title, const QString &suffix, const QString &filter, const QByteArray &bytes)
{
    const auto path = m_dialogs.saveFile(this, title, m_fileStem + suffix, filter);
    if (!path)
        return;
    if (const auto written = writeFile(path->toStdString(), bytes.toStdString()); !written)
        m_dialogs.error(this, title, written.error());
}

void ChartPanel::exportPng()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image().save(&buffer, "PNG");
    save(tr("Export image"), u".png"_s, tr("PNG image (*.png)"), bytes);
}

void ChartPanel::exportCsv()
{
    save(tr("Export data"), u".csv"_s, tr("CSV table (*.csv)"), csv());
}

void ChartPanel::copyImage() const
{
    QGuiApplication::clipboard()->setImage(image());
}

void ChartPanel::copyData() const
{
    auto *mime = new QMimeData;
    mime->setText(QString::fromUtf8(csv()));
    mime->setData(u"text/csv"_s, csv());
    QGuiApplication::clipboard()->setMimeData(mime);
}

void ChartPanel::contextMenuEvent(QContextMenuEvent *event)
{
    m_menu->popup(event->globalPos());
}

void ChartPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_caption->setLines(std::clamp(height() / heightPerCaptionLine, fewestCaptionLines, mostCaptionLines));
}

void ChartPanel::paintEvent(QPaintEvent *)
{
    const ChartStyle style = ChartStyle::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(style.grid);
    painter.setBrush(style.background);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace countersign
