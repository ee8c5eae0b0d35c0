/// What a coordinator has to follow up, and the counts for the report.
@NullMarked
package io.linli.dispatch.help.followup;

import org.jspecify.annotations.NullMarked;
