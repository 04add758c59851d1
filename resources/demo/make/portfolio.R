# SPDX-License-Identifier: GPL-3.0-or-later
# A SIMULATED credit portfolio, 2019 to 2021. Every row is drawn from a random number generator: no customer, bank or
# economy stands behind it. The drifts are built in on purpose; each is a line of `drifts` below.
source("common.R")
set.seed(20190101)

first <- as.Date("2019-01-01"); months <- seq(first, by = "month", length.out = 36); taken_on <- as.Date("2022-01-01")
drifts <- data.frame(
  Column = c("(row count)", "loan_amount", "employment", "card_utilisation", "monthly_income", "channel", "bureau_score",
             "months_in_job", "default_90d", "default_90d", "score", "region, term_months, existing_loans"),
  When = c("2020-03 and 2020-04, back to normal by 2020-08", "2020-03 to 2020-06", "2020-03 to 2020-06",
           "2020-01 to 2021-12, a little each month", "2020-04 to 2021-12, a little each month", "from 2020-09",
           "2020-10 to 2021-12, a little each month", "2021-03 to 2021-08", "from 2020-10", "2021-10 to 2021-12",
           "all the time; 2021-02-08 to 2021-02-12", "never"),
  Kind = c("demand shock", "demand shock", "demand shock", "slow shift of the mean", "growth of the variance", "new category",
           "growing share of missing values", "sentinel values", "concept drift", "late labels", "failing calls", "no drift"),
  Size = c("45% and 70% fewer applications", "amounts 25% to 40% smaller", "self-employed from 14% up to 30%",
           "mean of the logit +0.035 a month, +0.84 in the end", "standard deviation of the logarithm 0.35 to 0.70",
           "\"partner app\", 4% growing to 22%", "2% to 26%", "-999 in 8% of the rows",
           "log-odds +0.45, weight of card_utilisation a third, that of months_in_job a half; 18-29 another +0.50",
           "outcomes come in 90 to 100 days after the call: 12% of 2021-09 missing, all but 11 of 2021-10, all of 2021-11 and 2021-12",
           "0.4% of the calls; 40% during the five days", "drawn from one distribution throughout"))

ramp <- function(month, from, to, low, high) {
  at <- match(c(from, to), format(months, "%Y-%m"))
  low + (high - low) * pmin(pmax((month - at[1] + 1) / (at[2] - at[1] + 1), 0), 1)
}
between <- function(month, from, to) {
  at <- match(c(from, to), format(months, "%Y-%m"))
  month >= at[1] & month <= at[2]
}
at <- function(text) match(text, format(months, "%Y-%m"))
draw <- function(n, choices, weights) sample(choices, n, TRUE, weights)
pick <- function(share, yes, no) ifelse(runif(length(share)) < share, yes, no)

volume <- round(1250 * (1 + 0.06 * sin(2 * pi * seq_along(months) / 12)) * (1 + 0.004 * seq_along(months)))
shock <- c("2020-03" = 0.55, "2020-04" = 0.30, "2020-05" = 0.55, "2020-06" = 0.80, "2020-07" = 0.92)
volume[at(names(shock))] <- round(volume[at(names(shock))] * shock)

simulate <- function(month, development = FALSE) {
  n <- length(month)
  m <- if (development) rep(0, n) else month
  start <- if (development) rep(as.Date("2018-01-01"), n) else months[month]
  span <- if (development) rep(365, n) else as.integer(seq(first, by = "month", length.out = 37)[month + 1] - months[month])
  # More calls by day than by night; UTC.
  hour <- draw(n, 0:23, c(rep(1, 7), 4, 8, 10, 10, 9, 8, 9, 9, 8, 8, 9, 9, 8, 6, 4, 2, 1))
  time <- as.POSIXct(start + floor(runif(n) * span)) + hour * 3600 + floor(runif(n) * 3600)
  age <- pmin(pmax(round(18 + rgamma(n, 2.6, scale = 8.5)), 18), 84)
  age_band <- as.character(cut(age, c(0, 29, 44, 59, Inf), c("18-29", "30-44", "45-59", "60 and over")))
  gender <- draw(n, c("female", "male", "not stated"), c(0.47, 0.49, 0.04))
  region <- draw(n, c("North", "East", "South", "West"), c(0.22, 0.18, 0.33, 0.27))
  channel <- draw(n, c("branch", "online", "broker"), c(0.30, 0.52, 0.18))
  partner <- ifelse(m >= at("2020-09"), ramp(m, "2020-09", "2021-12", 0.04, 0.22), 0)
  channel <- pick(partner, "partner app", channel)
  self <- ifelse(between(m, "2020-03", "2020-06"), c(0.24, 0.30, 0.28, 0.20)[pmax(m - at("2020-03") + 1, 1)], 0.14)
  employment <- ifelse(age >= 63 & runif(n) < 0.7, "retired", pick(self, "self-employed", pick(rep(0.15, n), "fixed-term", "permanent")))
  income_sd <- ramp(m, "2020-04", "2021-12", 0.35, 0.70)
  monthly_income <- round(exp(7.75 + 0.25 * (employment == "permanent") - 0.15 * (age < 25) + income_sd * rnorm(n)))
  smaller <- ifelse(between(m, "2020-03", "2020-06"), c(0.75, 0.60, 0.70, 0.85)[pmax(m - at("2020-03") + 1, 1)], 1)
  loan_amount <- 100 * pmax(round(exp(9.0 + 0.30 * (log(monthly_income) - 7.9) / pmax(income_sd / 0.35, 1) + 0.5 * rnorm(n)) * smaller / 100), 5)
  term_months <- draw(n, c(12, 24, 36, 48, 60, 72), c(0.10, 0.18, 0.26, 0.20, 0.18, 0.08))
  months_in_job <- floor(pmin(rexp(n, 1 / 70), (age - 17) * 12 * runif(n)))
  existing_loans <- rpois(n, 0.9)
  burden <- rnorm(n)
  card_utilisation <- round(plogis(-0.6 + 0.8 * burden + 0.6 * rnorm(n) + ramp(m, "2020-01", "2021-12", 0, 0.84)), 3)
  bureau_score <- pmin(pmax(round(620 - 45 * burden + 1.1 * (age - 40) + 40 * rnorm(n)), 300), 850)

  # The true odds see the values before they are lost or spoilt on the way into the log.
  changed <- m >= at("2020-10")
  used <- card_utilisation - 0.36
  odds <- -3.15 + 2.6 * used * ifelse(changed, 1 / 3, 1) - 0.010 * (bureau_score - 620) -
    0.35 * (log1p(months_in_job) - 3.5) * ifelse(changed, 0.5, 1) + 0.25 * existing_loans +
    0.45 * (employment == "self-employed") + 0.20 * (employment == "fixed-term") +
    0.30 * (log(loan_amount) - 9) - 0.30 * (log(monthly_income) - 7.9) + 0.008 * (term_months - 36) +
    0.45 * changed + 0.50 * (changed & age_band == "18-29")
  default_90d <- as.integer(runif(n) < plogis(odds))

  missing <- ramp(m, "2020-10", "2021-12", 0.02, 0.26)
  bureau_score[runif(n) < missing] <- NA
  spoilt <- between(m, "2021-03", "2021-08") & runif(n) < 0.08
  months_in_job[spoilt] <- -999
  d <- data.frame(time, loan_amount, term_months, monthly_income, months_in_job, existing_loans, card_utilisation,
                  bureau_score, employment, channel, region, age_band, gender, default_90d)
  d[order(d$time), ]
}

features <- c("loan_amount", "term_months", "monthly_income", "months_in_job", "existing_loans", "card_utilisation",
              "bureau_score", "employment", "channel", "region")
segments <- c("age_band", "gender")
development <- simulate(rep(1, 12000), TRUE)
log <- simulate(rep(seq_along(months), volume))

# The model as it runs: trained without the later categories, blind to the sentinel.
median_bureau <- median(development$bureau_score, na.rm = TRUE)
design <- function(x) transform(x,
  bureau_missing = as.integer(is.na(bureau_score)), bureau_score = ifelse(is.na(bureau_score), median_bureau, bureau_score),
  months_in_job = pmax(months_in_job, 0), employment = factor(employment, c("permanent", "fixed-term", "self-employed", "retired")),
  channel = factor(ifelse(channel == "partner app", "online", channel), c("branch", "online", "broker")),
  region = factor(region, c("North", "East", "South", "West")))
terms <- c("log(loan_amount)", "term_months", "log(monthly_income)", "log1p(months_in_job)", "existing_loans",
           "card_utilisation", "bureau_score", "employment", "channel", "region")
fit <- glm(reformulate(terms, "default_90d"), binomial, design(development))
log$score <- round(predict(fit, design(log), type = "response"), 5)
development$score <- predict(fit, design(development), type = "response")

day <- as.Date(log$time)
outage <- day >= as.Date("2021-02-08") & day <= as.Date("2021-02-12")
failed <- runif(nrow(log)) < ifelse(outage, 0.40, 0.004)
reason <- ifelse(outage, "bureau unavailable", draw(nrow(log), c("timeout", "invalid input"), c(0.7, 0.3)))
log$status <- ifelse(failed, "error", "ok")
log$reason <- ifelse(failed, reason, NA)
log$score[failed] <- NA
# An outcome is known 90 days after the call, and reported up to ten days later.
known <- day + 90 + floor(runif(nrow(log)) * 11) < taken_on
log$default_90d[!known] <- NA
month <- format(log$time, "%Y-%m")
log <- data.frame(application_time = format(log$time, "%Y-%m-%dT%H:%M:%SZ"),
                  log[c(features, segments, "status", "reason", "score", "default_90d")])

name <- "simulated-credit-portfolio"
write_csv_gz(log, out(name, "simulated-credit-portfolio.csv.gz"))
weights <- importance(fit, features)
write_csv(weights, out(name, "importance.csv"))
write_csv(drifts, out(name, "known-drifts.csv"))

reference <- log[month <= "2019-12", ]
by_month <- split(log, month)
checked <- c("loan_amount", "monthly_income", "months_in_job", "card_utilisation", "bureau_score", "employment", "channel",
             "region", "term_months", "existing_loans", "score")
monthly <- do.call(rbind, lapply(names(by_month), function(m) {
  x <- by_month[[m]]
  data.frame(month = m, calls = nrow(x), failed = sum(x$status == "error"), labelled = sum(!is.na(x$default_90d)),
             default_rate = round(mean(x$default_90d, na.rm = TRUE), 6), mean_score = round(mean(x$score, na.rm = TRUE), 6),
             auc = round(auc(x$default_90d, x$score), 6), t(vapply(checked, function(f) round(psi(reference[[f]], x[[f]]), 6), 0)))
}))
names(monthly)[-(1:7)] <- paste0("psi_", checked)
monthly$default_rate[monthly$labelled == 0] <- NA
write_csv(expected(reference, by_month, c(features, segments, "score"), "default_90d", "score", "auc"),
          out(name, "expected.csv"))

scored <- function(x) x[!is.na(x$score) & !is.na(x$default_90d), ]
samples <- list(`Development 2018` = development, `Reference 2019` = scored(reference),
                `2020-01 to 2020-09` = scored(log[month >= "2020-01" & month <= "2020-09", ]),
                `2020-10 to 2021-09` = scored(log[month >= "2020-10", ]))
figures <- do.call(rbind, lapply(names(samples), function(n) {
  x <- samples[[n]]; k <- calibration(x$default_90d, x$score); i <- auc_interval(x$default_90d, x$score)
  data.frame(Sample = n, Rows = int(nrow(x)), `Default rate` = pct(k$observed, 2), `Mean score` = pct(k$predicted, 2),
             AUC = num(auc(x$default_90d, x$score)), `95% interval` = paste(num(i[1]), "to", num(i[2])),
             `Calibration slope` = num(k$slope, 3), ECE = num(k$ece), check.names = FALSE)
}))
# The concept drift, shown by fitting the same terms anew on what the log holds.
refitted <- lapply(samples[-1], function(x) coef(summary(glm(reformulate(terms, "default_90d"), binomial, design(x)))))
watched <- c("card_utilisation", "log1p(months_in_job)", "bureau_score", "existing_loans", "term_months")
refit_table <- data.frame(Term = watched, Development = signif_text(coef(fit)[watched]),
                          lapply(refitted, function(k) paste0(signif_text(k[watched, 1]), " (", signif_text(k[watched, 2]), ")")),
                          check.names = FALSE)
cut_off <- 0.10
groups <- do.call(rbind, lapply(segments, function(s) do.call(rbind, lapply(names(samples)[-1], function(n) {
  x <- samples[[n]]
  rate <- vapply(split(x, x[[s]]), function(g) mean(g$score < cut_off), 0)
  do.call(rbind, lapply(split(x, x[[s]]), function(g) data.frame(
    Column = s, Group = g[[s]][1], Period = n, Rows = nrow(g), `Default rate` = pct(mean(g$default_90d)),
    `Mean score` = pct(mean(g$score)), `Below cut-off` = pct(rate[[g[[s]][1]]]),
    `Ratio to highest` = num(rate[[g[[s]][1]]] / max(rate), 3), check.names = FALSE)))
}))))
shown <- c("2019-06", "2020-03", "2020-04", "2020-09", "2020-12", "2021-02", "2021-06", "2021-09", "2021-12")
psi_shown <- monthly[monthly$month %in% shown, ]
psi_table <- data.frame(Month = psi_shown$month, Calls = psi_shown$calls, AUC = num(psi_shown$auc, 3),
                        lapply(psi_shown[paste0("psi_", checked)], num, 3), check.names = FALSE)
names(psi_table)[-(1:3)] <- checked
simulated <- c("**Simulated data.** Every row was drawn from a seeded random number generator; no customer, bank or economy stands",
               "behind it. The drifts were built in on purpose.")
a <- auc(samples[[2]]$default_90d, samples[[2]]$score); b <- auc(samples[[4]]$default_90d, samples[[4]]$score)
young <- samples[[4]][samples[[4]]$age_band == "18-29", ]
# The texts above and the README state these counts.
stopifnot(monthly$labelled[monthly$month == "2021-10"] == 11,
          round(1 - monthly$labelled[33] / monthly$calls[33], 2) == 0.12, all(monthly$labelled[35:36] == 0))

write_text(c(
  "# Simulated credit portfolio 2019 to 2021: model documentation", "", generated_note("portfolio.R"), "", simulated, "",
  "## Purpose", "",
  "Probability, at application, of an early payment default: the first instalments of a personal loan unpaid 90 days later.", "",
  "## Data", "",
  sprintf("Fitted on %s simulated applications of 2018 (not shipped). The log holds %s calls from 2019-01 to 2021-12, as if",
          int(nrow(development)), int(nrow(log))),
  "taken on 2022-01-01. As a simplification every application has an outcome, whatever its score. Times are UTC.",
  "`age_band` and `gender` are segments and not inputs.", "",
  "## Method", "",
  "Logistic regression (`glm` of R 4.2). A missing bureau score takes the development median. Negative months in job count",
  "as 0. A channel the model does not know counts as online: how the running model treats what it never saw is part of the",
  "demonstration.", "", coefficient_table(fit), "", "## Importance", "",
  "Standard deviation of each feature's contribution to the log-odds in the development sample, the strongest at 1.", "",
  md_table(weights), "", "## Drifts built in", "", md_table(drifts), "", "## Assumptions", "",
  "- The relation of 2018 holds. It does not hold from 2020-10.", "", "## Limitations", "",
  "- Simulated: figures say nothing about any real portfolio.", "- Features are less correlated than in real applications."),
  out(name, "documentation.md"))

write_text(c(
  "# Simulated credit portfolio 2019 to 2021: validation report", "", generated_note("portfolio.R"), "", simulated, "",
  "This report serves the demonstration: nobody independent has validated the model.", "", "## Summary", "",
  "Rows with a score and a known outcome.", "", md_table(figures), "", "## Stability against 2019", "",
  "PSI on the deciles of 2019 with a bin for missing values, zero shares raised to 0.0001. All months:",
  "`expected.csv`.", "", md_table(psi_table), "", "## The same terms fitted anew", "",
  "Coefficients, standard errors in brackets.", "", md_table(refit_table), "", "## Groups", "",
  sprintf("\"Below cut-off\": share with a score under %s, who would be accepted. Ratios are policy figures, not a legal test.",
          num(cut_off, 2)), "", md_table(groups), "", "## Conclusion", "",
  sprintf("2019: AUC %s, as in development (%s): **fit for use with conditions**.", num(a),
          num(auc(development$default_90d, development$score))),
  sprintf("From 2020-10: AUC %s, %s lower; default rate %s against a mean score of %s, and %s against %s for ages 18 to 29:",
          num(b), num(a - b), pct(mean(samples[[4]]$default_90d)), pct(mean(samples[[4]]$score)),
          pct(mean(young$default_90d)), pct(mean(young$score))),
  "**to be redeveloped**.", "",
  "## Conditions", "", "1. Monitor monthly; redevelop when the AUC falls more than 0.05 below 2019.",
  "2. Reject calls with a negative number of months in job instead of scoring them.",
  "3. Validate again before loans of a new channel are decided by the score."), out(name, "validation.md"))
