// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign {

/// The inventory as it stood at the end of a day.
class AsOfDialog : public QDialog
{
    Q_OBJECT

public:
    AsOfDialog(const Registry &then, const PolicyPack &pack, Date day, QWidget *parent = nullptr);
};

} // namespace countersign
