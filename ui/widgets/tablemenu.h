// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QPushButton;
class QWidget;

namespace countersign {

class TableView;

/// A button with what can be done with a whole table: choose its columns, copy it, export what is shown.
[[nodiscard]] QPushButton *tableMenuButton(TableView *table, std::function<void()> exportShown, QWidget *parent);

} // namespace countersign
