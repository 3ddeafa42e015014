import type { provisioning as en } from '../en/provisioning.ts';

export const provisioning: Readonly<Record<keyof typeof en, string>> = {
  'entries.boolean': 'Ligne {line} : [{section}] {entry} doit valoir 0 ou 1, et non « {value} ».',
  'entries.character':
    'Ligne {line} : elle contient un caractère qu’aucun document ne peut transporter.',
  'entries.choice':
    'Ligne {line} : [{section}] {entry} doit être l’une des valeurs {values}, et non « {value} ».',
  'entries.integer':
    'Ligne {line} : [{section}] {entry} doit être un nombre entier, et non « {value} ».',
  'entries.key_name':
    'Ligne {line} : « {entry} » n’est pas une clé : une clé n’a ni espace ni crochet.',
  'entries.list':
    'Ligne {line} : [{section}] {entry} doit énumérer des valeurs parmi {values}, et non « {value} ».',
  'entries.misspelt':
    'Ligne {line} : Linphone ne connaît pas {entry} dans [{section}] ; vouliez-vous dire {meant} ? L’entrée est envoyée telle quelle.',
  'entries.no_section': 'Ligne {line} : {entry} se trouve avant la première [section].',
  'entries.none': 'Aucune entrée : écrivez une [section] suivie de lignes clé=valeur.',
  'entries.not_an_entry':
    'Ligne {line} : ni une [section], ni une paire clé=valeur, ni un commentaire.',
  'entries.range':
    'Ligne {line} : [{section}] {entry} doit être un intervalle tel que 80-90, et non « {value} ».',
  'entries.reserved':
    'Ligne {line} : {entry} est un réglage de l’espace : modifiez-le à cet endroit.',
  'entries.section_name': 'Ligne {line} : « {section} » n’est pas un nom de section.',
  'entries.shared_uuid':
    'Ligne {line} : avec un même uuid pour tous les téléphones, chaque enregistrement remplace le précédent.',
  'entries.sip_address':
    'Ligne {line} : [{section}] {entry} doit être une adresse SIP telle que <sip:host;transport=tls>, et non « {value} ».',
  'entries.text': 'Ligne {line} : [{section}] {entry} ne peut pas valoir « {value} ».',
  'entries.unknown':
    'Ligne {line} : aucun Linphone connu ne lit {entry} dans [{section}] ; l’entrée est envoyée telle quelle.',
  'entries.unread': 'Ligne {line} : aucun Linphone ne lit {entry} dans [{section}].',
  'entries.url':
    'Ligne {line} : [{section}] {entry} doit être une URL http:// ou https://, et non « {value} ».',
  'entries.variable':
    'Ligne {line} : ${} désignerait une variable d’environnement, et aucune n’est lue ici.',
  'preview.door_closed':
    'Les téléphones antérieurs à la version 5.2 n’envoient pas l’en-tête x-linphone-provisioning : ils reçoivent 400 au lieu de ce document. L’espace peut se passer de cet en-tête.',
  'preview.directories':
    'Linphone Android 6.0, Desktop 6.1 et les versions antérieures lisent carddav_N et ignorent remote_contact_directory_N ; un téléphone qui se dit plus récent ne reçoit pas carddav_N.',
  'preview.no_account':
    'Dans [proxy_0] il manque reg_identity ou reg_proxy : les téléphones ignorent un tel compte sans rien dire.',
  'preview.no_password':
    'Le compte n’a pas de mot de passe : le téléphone ne peut pas s’enregistrer, et il oublie l’URL puisqu’il ne pourrait pas s’y authentifier non plus.',
  'preview.md5':
    'L’empreinte est en MD5 : le serveur SIP doit proposer MD5, SHA-256 seul ne suffit pas.',
  'preview.not_activated':
    'Le compte n’est pas activé : les serveurs SIP le refusent tant qu’un jeton de configuration n’a pas servi ou qu’un administrateur ne l’a pas activé.',
  'preview.blocked':
    'Le compte est bloqué dans l’API ; les téléphones sont tout de même configurés.',
  'preview.plain_http':
    'Les URL commencent par http:// : mots de passe et empreintes circulent en clair, et les liens d’iOS exigent https.',
  'preview.kept':
    'Sans écrasement, les entrées de l’espace n’atteignent que les nouveaux téléphones : un téléphone garde les valeurs qu’il a déjà écrites.',
  'preview.own_identity':
    'Les entrées de l’espace fixent reg_identity dans [proxy_0] : chaque téléphone s’enregistre sous cette adresse.',
  'preview.gap':
    'Les téléphones s’arrêtent au premier numéro manquant : [{section}] n’est jamais lue.',
  'preview.desktop_creator':
    'iOS et Desktop prennent account_creator/url dans leur fichier d’usine et ignorent celui-ci.',
  'preview.turn':
    'Les identifiants TURN expirent après {minutes} minutes ; les téléphones en reçoivent de nouveaux au démarrage.',
};
