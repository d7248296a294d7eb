/**
 * The archive in Elasticsearch: an index of what can be searched, one of the bytes, and one a month
 * of what happened to mails.
 *
 * <p>Promises: documents have ids that follow from what they hold, so writing again changes
 * nothing; mappings are explicit and strict; nothing here needs scripts or by-query APIs, which the
 * minimal distribution lacks. What is away is an {@link org.milena.common.failure.OutageException};
 * what is refused is a defect.
 *
 * <p>Why bytes apart from text: searching reads documents, and a page of results must not read 25
 * million octets to show ten lines.
 */
@NullMarked
package org.milena.archive.elasticsearch;

import org.jspecify.annotations.NullMarked;
