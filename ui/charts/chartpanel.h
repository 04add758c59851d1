// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace countersign {

class CaptionLabel;
class ChartTableModel;
class DialogService;
class PlotView;

/// A plot with its title, caption, text alternative and exports. Everything in the menu is also in the context menu
/// and has a shortcut while the focus is in the panel.
class ChartPanel : public QWidget
{
    Q_OBJECT

public:
    /// Takes the plot over. `fileStem` begins the suggested file names ("drift-scatter").
    ChartPanel(PlotView *plot, QString fileStem, DialogService &dialogs, QWidget *parent = nullptr);

    [[nodiscard]] PlotView *plot() const { return m_plot; }
    [[nodiscard]] bool showsTable() const;
    void setShowsTable(bool table);
    void setEnlarged(bool enlarged);

    /// Title, plot and whole caption at `scale` times the size on screen.
    [[nodiscard]] QImage image(double scale = 2) const;
    [[nodiscard]] QByteArray csv() const;

public Q_SLOTS:
    void exportPng();
    void exportCsv();
    void copyImage() const;
    void copyData() const;

Q_SIGNALS:
    void enlargeToggled(bool enlarged);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override; ///< a higher panel has more lines of caption

private:
    void fillMenu();
    void follow();
    void save(const QString &title, const QString &suffix, const QString &filter, const QByteArray &bytes);

    PlotView *m_plot;
    QString m_fileStem;
    DialogService &m_dialogs;
    QLabel *m_title;
    QToolButton *m_menuButton;
    QMenu *m_menu;
    QAction *m_tableAction = nullptr;
    QAction *m_enlargeAction = nullptr;
    QStackedWidget *m_stack;
    ChartTableModel *m_tableModel;
    CaptionLabel *m_caption;
};

} // namespace countersign
