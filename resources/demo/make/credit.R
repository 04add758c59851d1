# SPDX-License-Identifier: GPL-3.0-or-later
# Consumer credit: a logistic scorecard fitted on a random half of credit_data, compared with the other half.
source("common.R")
data("credit_data", package = "modeldata")

d <- credit_data
band <- function(age) as.character(cut(age, c(0, 29, 39, 49, Inf), c("18-29", "30-39", "40-49", "50 and over")))
log <- data.frame(
  loan = sprintf("CD%04d", seq_len(nrow(d))),
  seniority = d$Seniority, home = as.character(d$Home), term_months = d$Time, records = as.character(d$Records),
  job = as.character(d$Job), expenses = d$Expenses, income = d$Income, assets = d$Assets, debt = d$Debt,
  amount = d$Amount, price = d$Price, marital = as.character(d$Marital), age_band = band(d$Age),
  default = as.integer(d$Status == "bad"))
features <- c("seniority", "home", "term_months", "records", "job", "expenses", "income", "assets", "debt", "amount",
              "price")
segments <- c("marital", "age_band")

set.seed(20260822)
fitting <- sort(sample(nrow(log), nrow(log) %/% 2))
train <- log[fitting, ]

# Missing values take the fitting half's median or commonest category.
fill <- lapply(train[features], function(x) {
  if (is.numeric(x)) median(x, na.rm = TRUE) else names(which.max(table(x)))
})
design <- function(x) {
  for (f in features) x[[f]][is.na(x[[f]])] <- fill[[f]]
  x$home[x$home %in% c("ignore", "other", "priv")] <- "other"
  transform(x, home = factor(home, c("owner", "other", "parents", "rent")), records = factor(records, c("no", "yes")),
            job = factor(job, c("fixed", "freelance", "others", "partime")))
}
terms <- c("log1p(seniority)", "home", "term_months", "records", "job", "expenses", "log(income)", "log1p(assets)",
           "log1p(debt)", "log(amount)", "log(price)")
fit <- glm(reformulate(terms, "default"), binomial, design(train))
log$score <- round(predict(fit, design(log), type = "response"), 6)
log <- log[c("loan", features, segments, "score", "default")]
train <- log[fitting, ]; test <- log[-fitting, ]

name <- "credit-scorecard"
write_csv_gz(train, out(name, "credit-scorecard-reference.csv.gz"))
write_csv_gz(test, out(name, "credit-scorecard-current.csv.gz"))
weights <- importance(fit, features)
write_csv(weights, out(name, "importance.csv"))
write_csv(expected(train, list(all = test), c(features, segments, "score"), "default", "score", "auc"),
          out(name, "expected.csv"))

a <- calibration(train$default, train$score); b <- calibration(test$default, test$score)
ci <- auc_interval(test$default, test$score)
auc_train <- auc(train$default, train$score); auc_test <- auc(test$default, test$score)
summary_table <- data.frame(
  Figure = c("Loans", "Defaults", "Default rate", "Mean score", "AUC", "Gini", "Calibration slope",
             "Expected calibration error"),
  `Fitting half` = c(int(nrow(train)), int(sum(train$default)), pct(a$observed), pct(a$predicted), num(auc_train),
                     num(2 * auc_train - 1), num(a$slope, 3), num(a$ece)),
  `Hold-out half` = c(int(nrow(test)), int(sum(test$default)), pct(b$observed), pct(b$predicted), num(auc_test),
                      num(2 * auc_test - 1), num(b$slope, 3), num(b$ece)), check.names = FALSE)
cut_off <- 0.30
groups <- do.call(rbind, lapply(segments, function(s) {
  known <- test[!is.na(test[[s]]), ]
  rate <- vapply(split(known, known[[s]]), function(g) mean(g$score < cut_off), 0)
  big <- vapply(split(known, known[[s]]), nrow, 0L) >= 100
  do.call(rbind, lapply(split(known, known[[s]]), function(g) {
    group <- g[[s]][1]
    data.frame(Column = s, Group = group, Loans = nrow(g), `Default rate` = pct(mean(g$default)),
               `Mean score` = pct(mean(g$score)), `Below cut-off` = pct(rate[[group]]),
               `Ratio to highest` = if (big[[group]]) num(rate[[group]] / max(rate[big]), 3) else "under 100 loans",
               AUC = if (big[[group]]) num(auc(g$default, g$score), 3) else "", check.names = FALSE)
  }))
}))
drift <- data.frame(Feature = c(features, segments, "score", "default"),
                    PSI = vapply(c(features, segments, "score", "default"), function(f) num(psi(train[[f]], test[[f]])), ""))
deciles <- local({
  bin <- cut(test$score, unique(quantile(test$score, 0:10 / 10)), include.lowest = TRUE, labels = FALSE)
  do.call(rbind, lapply(split(test, bin), function(g) data.frame(
    `Mean score` = pct(mean(g$score)), `Default rate` = pct(mean(g$default)), Loans = nrow(g), check.names = FALSE)))
})

write_text(c(
  "# Consumer credit scorecard: model documentation", "", generated_note("credit.R"), source_note("credit_data"),
  "The package took the data from the website of Lluis A. Belanche Munoz by way of",
  "https://github.com/gastonstat/CreditScoring; country, period and currency are not given there.", "",
  "## Purpose", "", "Probability of default of an application for an instalment loan, for the credit decision and for ranking.", "",
  "## Data", "",
  sprintf("%s loans, %s of them in default (%s). A random half (seed 20260822, %s loans) for fitting, the other %s as hold-out.",
          int(nrow(log)), int(sum(log$default)), pct(mean(log$default)), int(nrow(train)), int(nrow(test))),
  "The loans bear no date. The two halves are one period each, and no drift is expected between them.",
  "Age and marital status are in the log as segments only; the model does not use them.", "",
  "## Method", "",
  "Logistic regression (`glm` of R 4.2, maximum likelihood). Missing values take the median or the commonest category of",
  sprintf("the fitting half (income %s missing there); the homes \"ignore\", \"other\" and \"priv\" count as one.",
          int(sum(is.na(train$income)))),
  sprintf("Null deviance %s, residual deviance %s, AIC %s.", num(fit$null.deviance, 1), num(fit$deviance, 1), num(AIC(fit), 1)), "",
  coefficient_table(fit), "", "## Importance", "",
  "Standard deviation of each feature's contribution to the log-odds in the fitting half, the strongest at 1.", "",
  md_table(weights), "", "## Assumptions", "",
  "- Applicants resemble the accepted loans of the sample; refused applications are not in it.",
  "- Defaults are independent of each other.", "", "## Limitations", "",
  sprintf("- A sample rich in defaults (%s): the score needs recalibration before it is used as a probability elsewhere.",
          pct(mean(log$default))),
  "- No time axis, so nothing is known of the stability over time.",
  "- `records` is the customer's payment record as the lender kept it; its definition is not published."),
  out(name, "documentation.md"))

write_text(c(
  "# Consumer credit scorecard: validation report", "", generated_note("credit.R"), source_note("credit_data"), "",
  "This report serves the demonstration: nobody independent has validated the model.", "", "## Summary", "",
  md_table(summary_table), "",
  sprintf("AUC of the hold-out half: %s, 95%% interval %s to %s (DeLong).", num(auc_test), num(ci[1]), num(ci[2])), "",
  "## Calibration on the hold-out half", "", "By tenth of the score, lowest first.", "", md_table(deciles), "",
  "## Groups on the hold-out half", "",
  sprintf("\"Below cut-off\": share with a score under %s, who would be accepted. Ratios are policy figures, not a legal test.",
          num(cut_off, 2)), "", md_table(groups), "",
  "## Stability, fitting half against hold-out half", "",
  "PSI on the deciles of the fitting half with a bin for missing values, zero shares raised to 0.0001.", "",
  md_table(drift), "", "## Conclusion", "",
  sprintf("The AUC differs by %s between the halves and the calibration slope of the hold-out half is %s: **%s**.",
          num(auc_train - auc_test), num(b$slope, 3),
          if (auc_train - auc_test < 0.03 && abs(b$slope - 1) < 0.15) "fit for use with conditions" else "not fit for use"), "",
  "## Conditions", "",
  "1. Recalibrate to the portfolio's own default rate before use in pricing or provisioning.",
  "2. Review the groups whose ratio is under 0.8 with the owner before deployment.",
  "3. Collect application dates, so that stability over time can be monitored."), out(name, "validation.md"))
