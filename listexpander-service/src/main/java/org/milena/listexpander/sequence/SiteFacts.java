package org.milena.listexpander.sequence;

import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.membership.ConfirmationLimits;

/**
 * What is the same for all lists of the site.
 *
 * @param domain the mail domain of lists
 * @param url where the site answers
 * @param mailLimit most octets of a mail
 * @param signed signs what comes back by links and addresses
 * @param verpTags signs return paths
 * @param confirmations how many are sent
 */
public record SiteFacts(
    String domain,
    String url,
    int mailLimit,
    SignedTokens signed,
    VerpTags verpTags,
    ConfirmationLimits confirmations) {}
