# SPDX-License-Identifier: GPL-3.0-or-later
# Writes README.md of this folder: what every file is, its digest, and the drifts with the figures that show them.
source("common.R")

about <- c(
  "demo.json" = "The four models for the product: texts, files, the part each column plays, period, reference, challenger, people",
  "chicago-ridership/challenger.md" = "Documentation of the challenger, version 2.0, with the command that computes its figures",
  "chicago-ridership/challenger-validation.md" = "Validation report of the challenger, version 2.0",
  "inventory.csv" = "58 further models of the invented bank, clean, for the import",
  "inventory-with-errors.csv" = "8 rows, 3 of them bad: a name missing, 2027-02-30 as a date, an identifier twice",
  "chicago-ridership/chicago-ridership.csv.gz" = "Scoring log, one row a day, 2001-01-22 to 2016-08-28",
  "credit-scorecard/credit-scorecard-reference.csv.gz" = "Scored loans of the fitting half",
  "credit-scorecard/credit-scorecard-current.csv.gz" = "Scored loans of the hold-out half",
  "loans-36-months/loans-36-months-reference.csv.gz" = "Scored 36-month loans not used for fitting",
  "loans-36-months/loans-60-months-current.csv.gz" = "Scored 60-month loans, for which the model was not made",
  "simulated-credit-portfolio/simulated-credit-portfolio.csv.gz" = "SIMULATED scoring log, 2019-01 to 2021-12",
  "simulated-credit-portfolio/known-drifts.csv" = "The drifts built into the simulation: column, when, kind, size")
models <- c("chicago-ridership", "credit-scorecard", "loans-36-months", "simulated-credit-portfolio")
for (m in models) about[file.path(m, c("importance.csv", "documentation.md", "validation.md", "monitoring-plan.md", "expected.csv"))] <- c(
  "Importance of each feature, the strongest at 1", "Model documentation, every figure computed",
  "Validation report, every figure computed", "Monitoring plan: columns, limits, who acts", "PSI, Jensen-Shannon, KS, AUC or RMSE by period and column, by R")

paths <- sort(names(about))
digest <- sub(" .*", "", system2("sha256sum", shQuote(out(paths)), stdout = TRUE))
rows <- vapply(paths, function(p) {
  if (!grepl("[.]csv", p)) return("")
  int(nrow(read.csv(out(p))))
}, "")
files <- md_table(data.frame(File = paste0("`", paths, "`"), What = about[paths], Rows = rows,
                             Bytes = int(file.size(out(paths))), `SHA-256` = paste0("`", digest, "`"), check.names = FALSE))

expected_of <- function(model) read.csv(out(model, "expected.csv"), colClasses = c(period = "character"))
psi_of <- function(e, column, period) e$psi[e$column == column & e$period == period]
sim <- expected_of("simulated-credit-portfolio")
months <- c("2020-02", "2020-04", "2020-06", "2020-09", "2020-12", "2021-03", "2021-09", "2021-12")
columns <- setdiff(unique(sim$column), "*")
sim_table <- do.call(rbind, lapply(columns, function(f) data.frame(
  Column = f, `largest in 2019` = num(max(sim$psi[sim$column == f & sim$period < "2020"]), 3),
  t(vapply(setNames(months, months), function(m) num(psi_of(sim, f, m), 3), "")), check.names = FALSE)))
sim_auc <- sim[sim$column == "*" & sim$missing < sim$rows / 2, ]
chicago <- expected_of("chicago-ridership")
years <- c("2008", "2009", "2012", "2016")
chicago_table <- do.call(rbind, lapply(setdiff(unique(chicago$column), "*"), function(f) data.frame(
  Column = f, t(vapply(setNames(years, years), function(y) num(psi_of(chicago, f, y), 3), "")), check.names = FALSE)))
single <- function(model, label) {
  e <- expected_of(model); e <- e[e$column != "*", ]
  top <- head(e[order(-e$psi), ], 4)
  sprintf("%s: largest PSI %s.", label, paste(sprintf("%s %s", top$column, num(top$psi, 3)), collapse = ", "))
}
log <- read.csv(out("simulated-credit-portfolio", "simulated-credit-portfolio.csv.gz"))
month <- substr(log$application_time, 1, 7)
share <- function(x, m) pct(mean(x[month == m]))
outage <- substr(log$application_time, 1, 10) >= "2021-02-08" & substr(log$application_time, 1, 10) <= "2021-02-12"
missing_text <- sprintf("Measured in the log: calls %s in 2020-02, %s in 2020-03, %s in 2020-04; bureau score missing %s in 2019-12, %s in 2021-12; months in job below 0 in %s of 2021-05; partner app %s of 2021-12; failed calls %s of 2021-02-08 to 12, %s otherwise; standard deviation of the logarithm of the income %s in 2019-12, %s in 2021-12; mean logit of the card utilisation %s and %s.",
  int(sum(month == "2020-02")), int(sum(month == "2020-03")), int(sum(month == "2020-04")), share(is.na(log$bureau_score), "2019-12"),
  share(is.na(log$bureau_score), "2021-12"), share(log$months_in_job < 0, "2021-05"), share(log$channel == "partner app", "2021-12"),
  pct(mean(log$status[outage] == "error")), pct(mean(log$status[!outage] == "error"), 2),
  num(sd(log(log$monthly_income[month == "2019-12"])), 2), num(sd(log(log$monthly_income[month == "2021-12"])), 2),
  num(mean(qlogis(log$card_utilisation[month == "2019-12"])), 2), num(mean(qlogis(log$card_utilisation[month == "2021-12"])), 2))

write_text(c(
  "# Demo data", "",
  "Three public data sets and one simulated portfolio, each with a model, its documentation and its validation report, and an",
  "inventory of an invented organisation, Example Bank. People are role names. Licences: [LICENSES.md](LICENSES.md).", "",
  "| Model | Data | Time | Reference | Current | Target |", "| --- | --- | --- | --- | --- | --- |",
  "| `chicago-ridership` | real: `Chicago` of modeldata 1.1.0, MIT | day | to 2008-12-31 | by year | `ridership` (RMSE) |",
  "| `credit-scorecard` | real: `credit_data` of modeldata 1.1.0, MIT | none | fitting half | hold-out half | `default` (AUC) |",
  "| `loans-36-months` | real: `lending_club` of modeldata 1.1.0, MIT | none | 36 months, hold-out | 60 months | `default` (AUC) |",
  "| `simulated-credit-portfolio` | **simulated**, seed 20190101 | instant, UTC | to 2019-12-31 | by month | `default_90d` (AUC), late |", "",
  "## Making it anew", "",
  "    apt-get install --no-install-recommends r-base-core r-cran-modeldata", "    resources/demo/make/make.sh [OUTPUT-DIRECTORY]",
  "    resources/demo/make/check.sh", "",
  sprintf("Made with %s and r-cran-modeldata 1.1.0-1 of Debian 12; the same packages give the same bytes. `inventory*.csv`, `challenger*.md` and `LICENSES.md` are", R.version.string),
  "written by hand. `check.sh` computes every PSI, missing count, RMSE and AUC of the `expected.csv` files a second time from the",
  "logs with `sort` and `awk` alone.", "",
  "## Files", "", files, "",
  "## Definitions", "",
  "PSI: deciles of the reference (linear interpolation, equal edges merged) with one bin for missing values, or the categories with",
  "one for missing values; shares of all rows, zero shares raised to 0.0001, natural logarithm. `psi_range` in the `expected.csv`",
  "files has further bins below and above the reference's range, and one for all categories that the reference lacks.", "",
  "## Known drifts", "", "### Simulated credit portfolio", "",
  "Built in on purpose:", "", md_table(read.csv(out("simulated-credit-portfolio", "known-drifts.csv"))), "", missing_text, "",
  "PSI against 2019:", "", md_table(sim_table), "",
  sprintf("AUC by month: %s to %s in 2019, %s to %s from 2020-10 (months with outcomes for at least half of the calls).",
          num(min(sim_auc$auc[sim_auc$period < "2020"]), 3), num(max(sim_auc$auc[sim_auc$period < "2020"]), 3),
          num(min(sim_auc$auc[sim_auc$period >= "2020-10"]), 3), num(max(sim_auc$auc[sim_auc$period >= "2020-10"]), 3)),
  sprintf("The sentinel is a case that deciles alone do not show: -999 falls into the lowest, and months_in_job in 2021-05 has a PSI of %s;",
          num(psi_of(sim, "months_in_job", "2021-05"), 3)),
  sprintf("with a bin below the reference's range it is %s.",
          num(sim$psi_range[sim$column == "months_in_job" & sim$period == "2021-05"], 3)), "",
  "### Chicago ridership", "", "Real: the stations grew. PSI of a year against 2001 to 2008:", "", md_table(chicago_table), "",
  sprintf("RMSE: %s.", paste(sprintf("%s %s", years, num(chicago$rmse[chicago$column == "*" & chicago$period %in% years], 2)), collapse = ", ")),
  "A single month has some 30 rows, with which PSI says nothing; use years. The growth had begun within the fitting years: 2008",
  "alone already differs from them. `prediction` drifts less than its inputs, for it does not follow the growth.", "",
  "### Consumer credit", "",
  single("credit-scorecard", "Hold-out half against fitting half, where no drift is expected"),
  single("loans-36-months", "60-month against 36-month loans")), out("README.md"))
