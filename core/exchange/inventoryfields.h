// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one list of the inventory's columns: heading, synonyms, and how a cell becomes a member of Model and back.
#pragma once

#include "core/exchange/inventoryimport.h"

namespace countersign {

struct InventoryColumn
{
    ImportField field;
    std::vector<std::string> synonyms; ///< as headingKey gives them
    /// Throws InvalidInput saying what is wrong with the text. Not called for an empty cell.
    void (*read)(const std::string &text, Model &model);
    std::string (*write)(const Model &model);
};

[[nodiscard]] const std::vector<InventoryColumn> &inventoryColumns();

} // namespace countersign
