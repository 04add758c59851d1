// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/shell/page.h"

class QSettings;

namespace countersign {

class GraphView;
class TableView;

/// Which models use which data and which models feed which, both ways: a list, the graph around what is chosen in it,
/// and the same in words.
class DataPage : public Page
{
    Q_OBJECT

public:
    DataPage(Context &context, QSettings *settings, QWidget *parent = nullptr);
    ~DataPage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;
    /// Shows what stands around "data/..." or "model/..." (ui/models/datarows.h).
    void choose(const QString &key);

    [[nodiscard]] TableView *list() const;
    [[nodiscard]] TableView *relations() const;
    [[nodiscard]] GraphView *graph() const;

private:
    [[nodiscard]] QWidget *buildList();
    [[nodiscard]] QWidget *buildAround();
    void reload();
    void applyFilter();
    void showAround();
    void showGraph();
    void open(const QString &key);
    void exportCsv();
    void exportPicture();

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
