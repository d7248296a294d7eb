package org.milena.scanner.authentication.arc;

import org.milena.common.header.HeaderField;
import org.milena.scanner.authentication.dkim.SignatureTags;

/**
 * The three fields that one host added (RFC 8617 section 4.2), read and found to make sense.
 *
 * @param results {@code ARC-Authentication-Results}
 * @param signature {@code ARC-Message-Signature}
 * @param seal {@code ARC-Seal}
 */
record ArcSet(
    HeaderField results,
    HeaderField signature,
    SignatureTags signatureTags,
    HeaderField seal,
    SignatureTags sealTags) {}
