/**
 * An Elasticsearch plugin that gives the minimal server distribution its language analysis back.
 *
 * <p>Promises: the names and settings are those of Elasticsearch's own {@code analysis-common}
 * module, so that an index made here means the same on a full cluster. One filter is its own, which
 * no index needs ({@code milena_forms}). On a cluster that has that module the plugin must not be
 * installed: the server refuses two components of one name.
 *
 * <p>Why: the distribution that can be had as a Maven artifact has Lucene's analyzers among its
 * libraries, but not the module that offers them; without them a search for "run" does not find
 * "running".
 */
@NullMarked
package org.milena.analysis;

import org.jspecify.annotations.NullMarked;
