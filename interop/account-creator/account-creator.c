/*
 * Drives liblinphone's account creator from standard input, one command a line, for tests:
 *
 *   username NAME | password TEXT | email ADDRESS | phone NUMBER COUNTRY | code TEXT
 *   domain NAME | algorithm NAME | token TEXT | push PROVIDER PARAM PRID
 *   user-data TEXT          what update-account takes from the creator's user data
 *   REQUEST                 a name of `actions` below
 *   send REQUEST            the same without waiting for its result
 *   quit
 *
 * A setter prints "set STATUS"; a request prints "provisional STATUS", then "final STATUS RESPONSE".
 *
 *   account-creator LINPHONERC FOLDER/ [XMLRPC-URL]
 *
 * Without URL the creator uses the backend that the configuration names.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <linphone/core.h>
#include <linphone/account_creator.h>
#include <linphone/account_creator_service.h>
#include <linphone/api/c-api.h>

static int answered;
static int waiting;
static int over_rest;
static char user_data[256];

typedef LinphoneAccountCreatorStatus Request(LinphoneAccountCreator *);
typedef struct {
	const char *name;
	Request *request;
} Action;

/* Exported by the library, without a public declaration. */
extern Request linphone_account_creator_activate_email_account_linphone_xmlrpc;
extern Request linphone_account_creator_create_account_with_token_flexiapi;
extern Request linphone_account_creator_delete_account_flexiapi;
extern Request linphone_account_creator_send_token_flexiapi;

static void on_result(LinphoneAccountCreator *creator, LinphoneAccountCreatorStatus status, const char *response) {
	(void)creator;
	if (!waiting) return;
	/* Over REST this version hands out memory that nobody has written when the body is empty. */
	printf("final %d %s\n", (int)status, response && !over_rest ? response : "-");
	fflush(stdout);
	answered = 1;
}

static void provisional(LinphoneAccountCreatorStatus status) {
	printf("provisional %d\n", (int)status);
	fflush(stdout);
}

static void await(LinphoneCore *core, LinphoneAccountCreator *creator, Request *request) {
	answered = 0;
	waiting = 1;
	LinphoneAccountCreatorStatus status = request(creator);
	provisional(status);
	for (int i = 0; i < 500 && !answered && status == LinphoneAccountCreatorStatusRequestOk; i++) {
		linphone_core_iterate(core);
		usleep(10000);
	}
	if (!answered) {
		printf("final -1 -\n");
		fflush(stdout);
	}
	waiting = 0;
}

static void set(int status) {
	printf("set %d\n", status);
	fflush(stdout);
}

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
	{"create-account-with-token", linphone_account_creator_create_account_with_token_flexiapi},
	{"delete-account", linphone_account_creator_delete_account_flexiapi},
	{"send-token", linphone_account_creator_send_token_flexiapi},
};

static Request *find_request(const char *name) {
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (!strcmp(name, actions[i].name)) return actions[i].request;
	return NULL;
}

/* The next command; the core lives while none comes. */
static char *read_command(LinphoneCore *core, char *line, int size) {
	struct pollfd input = {STDIN_FILENO, POLLIN, 0};
	while (poll(&input, 1, 10) == 0) linphone_core_iterate(core);
	return fgets(line, size, stdin);
}

int main(int argc, char **argv) {
	if (argc != 3 && argc != 4) return 2;
	/* poll() must see every command that was not read yet. */
	setvbuf(stdin, NULL, _IONBF, 0);
	LinphoneFactory *factory = linphone_factory_get();
	linphone_factory_set_config_dir(factory, argv[2]);
	linphone_factory_set_data_dir(factory, argv[2]);
	linphone_factory_set_download_dir(factory, argv[2]);
	LinphoneConfig *config = linphone_factory_create_config(factory, argv[1]);
	LinphoneCore *core = linphone_factory_create_core_with_config_3(factory, config, NULL);
	linphone_core_start(core);

	over_rest = argc == 3;
	LinphoneAccountCreator *creator =
	    over_rest ? linphone_account_creator_create(core) : linphone_core_create_account_creator(core, argv[3]);
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
	linphone_account_creator_cbs_set_send_token(cbs, on_result);
	linphone_account_creator_add_callbacks(creator, cbs);

	char line[512];
	while (read_command(core, line, sizeof line)) {
		line[strcspn(line, "\r\n")] = 0;
		char *value = strchr(line, ' ');
		if (value) *value++ = 0;
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
		} else if (!strcmp(line, "token")) {
			linphone_account_creator_set_token(creator, value);
			set(0);
		} else if (!strcmp(line, "push")) {
			linphone_account_creator_set_pn_provider(creator, strtok(value, " "));
			linphone_account_creator_set_pn_param(creator, strtok(NULL, " "));
			linphone_account_creator_set_pn_prid(creator, strtok(NULL, " "));
			set(0);
		} else if (!strcmp(line, "user-data")) {
			snprintf(user_data, sizeof user_data, "%s", value ? value : "");
			linphone_account_creator_set_user_data(creator, user_data);
			set(0);
		} else if (!strcmp(line, "send")) {
			Request *request = find_request(value);
			if (request) provisional(request(creator));
		} else {
			Request *request = find_request(line);
			if (request) await(core, creator, request);
		}
	}
	linphone_account_creator_unref(creator);
	linphone_core_stop(core);
	linphone_core_unref(core);
	return 0;
}
