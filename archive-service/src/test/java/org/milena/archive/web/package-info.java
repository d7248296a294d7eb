@NullMarked
package org.milena.archive.web;

import org.jspecify.annotations.NullMarked;
