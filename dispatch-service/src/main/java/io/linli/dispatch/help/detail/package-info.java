/// What help requests say in words: read by those who need it, one look at a time.
@NullMarked
package io.linli.dispatch.help.detail;

import org.jspecify.annotations.NullMarked;
