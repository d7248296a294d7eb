@org.jspecify.annotations.NullMarked
package org.milena.archive.importing;
