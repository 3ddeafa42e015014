/*
 * Drives liblinphone's account creator from standard input, one command a line, for tests:
 *
 *   username NAME | password TEXT | email ADDRESS | phone NUMBER COUNTRY | code TEXT
 *   domain NAME | algorithm NAME | new-password TEXT
 *   is-account-exist | create-account | activate-account | activate-email-account
 *   is-account-activated | is-alias-used | link-account | activate-alias
 *   recover-account | is-account-linked | update-account | login | quit
 *
 * A setter prints "set STATUS"; a request prints "provisional STATUS", then "final STATUS RESPONSE".
 *
 *   account-creator LINPHONERC FOLDER/ XMLRPC-URL
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <linphone/core.h>
#include <linphone/account_creator.h>
#include <linphone/account_creator_service.h>
#include <linphone/api/c-api.h>

static int answered;
static char new_password[256];

/* Exported by the library, without a public declaration: activation by e-mail. */
extern LinphoneAccountCreatorStatus
linphone_account_creator_activate_email_account_linphone_xmlrpc(LinphoneAccountCreator *creator);

static void on_result(LinphoneAccountCreator *creator, LinphoneAccountCreatorStatus status, const char *response) {
	(void)creator;
	printf("final %d %s\n", (int)status, response ? response : "-");
	fflush(stdout);
	answered = 1;
}

static void await(LinphoneCore *core, LinphoneAccountCreatorStatus provisional) {
	printf("provisional %d\n", (int)provisional);
	fflush(stdout);
	for (int i = 0; i < 500 && !answered && provisional == LinphoneAccountCreatorStatusRequestOk; i++) {
		linphone_core_iterate(core);
		usleep(10000);
	}
	if (!answered) {
		printf("final -1 -\n");
		fflush(stdout);
	}
}

static void set(int status) {
	printf("set %d\n", status);
	fflush(stdout);
}

typedef LinphoneAccountCreatorStatus (*Request)(LinphoneAccountCreator *);
typedef struct {
	const char *name;
	Request request;
} Action;

static const Action actions[] = {
	{"is-account-exist", linphone_account_creator_is_account_exist},
	{"create-account", linphone_account_creator_create_account},
	{"activate-account", linphone_account_creator_activate_account},
	{"activate-email-account", linphone_account_creator_activate_email_account_linphone_xmlrpc},
	{"is-account-activated", linphone_account_creator_is_account_activated},
	{"is-alias-used", linphone_account_creator_is_alias_used},
	{"link-account", linphone_account_creator_link_account},
	{"activate-alias", linphone_account_creator_activate_alias},
	{"recover-account", linphone_account_creator_recover_account},
	{"is-account-linked", linphone_account_creator_is_account_linked},
	{"update-account", linphone_account_creator_update_account},
	{"login", linphone_account_creator_login_linphone_account},
};

int main(int argc, char **argv) {
	if (argc != 4) return 2;
	LinphoneFactory *factory = linphone_factory_get();
	linphone_factory_set_config_dir(factory, argv[2]);
	linphone_factory_set_data_dir(factory, argv[2]);
	linphone_factory_set_download_dir(factory, argv[2]);
	LinphoneConfig *config = linphone_factory_create_config(factory, argv[1]);
	LinphoneCore *core = linphone_factory_create_core_with_config_3(factory, config, NULL);
	linphone_core_start(core);

	LinphoneAccountCreator *creator = linphone_core_create_account_creator(core, argv[3]);
	LinphoneAccountCreatorCbs *cbs = linphone_factory_create_account_creator_cbs(factory);
	linphone_account_creator_cbs_set_is_account_exist(cbs, on_result);
	linphone_account_creator_cbs_set_create_account(cbs, on_result);
	linphone_account_creator_cbs_set_activate_account(cbs, on_result);
	linphone_account_creator_cbs_set_is_account_activated(cbs, on_result);
	linphone_account_creator_cbs_set_is_alias_used(cbs, on_result);
	linphone_account_creator_cbs_set_link_account(cbs, on_result);
	linphone_account_creator_cbs_set_activate_alias(cbs, on_result);
	linphone_account_creator_cbs_set_recover_account(cbs, on_result);
	linphone_account_creator_cbs_set_is_account_linked(cbs, on_result);
	linphone_account_creator_cbs_set_update_account(cbs, on_result);
	linphone_account_creator_cbs_set_login_linphone_account(cbs, on_result);
	linphone_account_creator_add_callbacks(creator, cbs);

	char line[512];
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\r\n")] = 0;
		char *value = strchr(line, ' ');
		if (value) *value++ = 0;
		answered = 0;
		if (!strcmp(line, "quit")) break;
		else if (!strcmp(line, "username")) set(linphone_account_creator_set_username(creator, value));
		else if (!strcmp(line, "password")) set(linphone_account_creator_set_password(creator, value));
		else if (!strcmp(line, "email")) set(linphone_account_creator_set_email(creator, value));
		else if (!strcmp(line, "code")) set(linphone_account_creator_set_activation_code(creator, value));
		else if (!strcmp(line, "domain")) set(linphone_account_creator_set_domain(creator, value));
		else if (!strcmp(line, "algorithm")) set(linphone_account_creator_set_algorithm(creator, value));
		else if (!strcmp(line, "phone")) {
			char *country = value ? strchr(value, ' ') : NULL;
			if (country) *country++ = 0;
			set(linphone_account_creator_set_phone_number(creator, value, country));
		} else if (!strcmp(line, "new-password")) {
			snprintf(new_password, sizeof new_password, "%s", value ? value : "");
			linphone_account_creator_set_user_data(creator, new_password);
			set(0);
		} else {
			for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
				if (!strcmp(line, actions[i].name)) await(core, actions[i].request(creator));
		}
	}
	linphone_account_creator_unref(creator);
	linphone_core_stop(core);
	linphone_core_unref(core);
	return 0;
}
