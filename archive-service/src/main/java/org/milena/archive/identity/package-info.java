/**
 * Every name that anybody ever linked to a post by: those that other archives compute from its
 * octets, and those that only they know and that an import brings.
 *
 * <p>Promises: the names follow from the octets and from what came with them alone, so that an
 * index that is built again has the same; a name may belong to several posts, as Message-IDs do.
 *
 * <p>Why: links to mails stand in commits, tickets and books. They live longer than the program
 * that made them.
 */
@NullMarked
package org.milena.archive.identity;

import org.jspecify.annotations.NullMarked;
